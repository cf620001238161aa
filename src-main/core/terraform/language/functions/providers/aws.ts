import { hasStandIn } from '../../values/stand-in.ts';
import { failure, notKnown, record, type Value } from '../../values/value.ts';
import { ofTexts, type TerraformFunction } from '../../calling/define.ts';

/** Functions of the provider aws that depend on their arguments alone (provider documentation, "Functions"). */
export const awsFunctions: Readonly<Record<string, TerraformFunction>> = {
  arn_build: ofTexts(5, (...parts) => `arn:${parts.join(':')}`, { takesStandIns: true }),
  arn_parse: ofTexts(1, parsed, { takesStandIns: true }),
  trim_iam_role_path: ofTexts(1, (arn = '') => {
    const [, head, role] = /^(arn:[^:]+:iam::[^:]*:role\/)(?:[^/]+\/)*([^/]+)$/.exec(arn) ?? [];
    return head === undefined || role === undefined ? notKnown : `${head}${role}`;
  }),
};

/** There is no colon in the parts that are not known. */
function parsed(arn = ''): Value {
  const [prefix = '', partition = '', service = '', region = '', account_id = '', ...rest] = arn.split(':');
  if (hasStandIn(prefix)) return notKnown;
  if (prefix !== 'arn' || rest.length === 0) return failure;
  // The provider refuses more than it accepts here.
  if (partition === '' || service === '' || rest.join(':') === '') return notKnown;
  const parts = { partition, service, region, account_id, resource: rest.join(':') };
  return record(Object.entries(parts).sort(([a], [b]) => (a < b ? -1 : 1)));
}
