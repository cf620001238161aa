import { failure, notKnown, record, type Value } from '../../values/value.ts';
import { ofTexts, type TerraformFunction } from '../../calling/define.ts';

/** Functions of the provider aws that depend on their arguments alone (provider documentation, "Functions"). */
export const providerFunctions: Readonly<Record<string, TerraformFunction>> = {
  'provider::aws::arn_build': ofTexts(5, (...parts) => `arn:${parts.join(':')}`, { takesStandIns: true }),
  'provider::aws::arn_parse': ofTexts(1, parsed, { takesStandIns: true }),
  'provider::aws::trim_iam_role_path': ofTexts(1, (arn = '') => {
    const [, head, role] = /^(arn:[^:]+:iam::[^:]*:role\/)(?:[^/]+\/)*([^/]+)$/.exec(arn) ?? [];
    return head === undefined || role === undefined ? notKnown : `${head}${role}`;
  }),
};

/** The parts of an ARN: no unknown part of a text has a colon, so it is split as usual. */
function parsed(arn = ''): Value {
  const [prefix, partition = '', service = '', region = '', account_id = '', ...rest] = arn.split(':');
  if (prefix !== 'arn' || rest.length === 0) return failure;
  // The provider refuses more than it accepts here.
  if (partition === '' || service === '' || rest.join(':') === '') return notKnown;
  const parts = { partition, service, region, account_id, resource: rest.join(':') };
  return record(Object.entries(parts).sort(([a], [b]) => (a < b ? -1 : 1)));
}
