import { z } from 'zod';
import { jsonOf } from '../json.ts';
import { accountIdOf } from './arn.ts';

const Texts = z.union([z.string(), z.array(z.string())]).transform((value) => (typeof value === 'string' ? [value] : value));
const Statement = z.object({
  Effect: z.string(),
  Principal: z.union([z.literal('*'), z.object({ AWS: Texts.optional() })]).optional(),
  Action: Texts.optional(),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});
const TrustPolicy = z.object({ Statement: z.union([Statement, z.array(Statement)]).transform((one) => (Array.isArray(one) ? one : [one])) });
type Statement = z.infer<typeof Statement>;

/** Who asks for a role, and with what. */
type Asker = {
  /** As GetCallerIdentity returns it. */
  readonly arn: string;
  readonly externalId: string | null;
};

/**
 * Why a role's trust policy, given as its JSON text, does not let a caller in. `unclear` when it seems to, or
 * when it has conditions that are not looked at here (IAM User Guide, "Role trust policies").
 */
export type TrustRefusal = 'not-named' | 'external-id' | 'mfa' | 'unclear';

export function trustRefusal(document: string, { arn, externalId }: Asker): TrustRefusal {
  const policy = parsed(document);
  if (policy === null) return 'unclear';
  const allows = policy.filter(
    ({ Effect: effect, Action: actions = [] }) => effect === 'Allow' && actions.some((action) => /^(\*|sts:\*|sts:AssumeRole)$/i.test(action)),
  );
  const naming = allows.filter((statement) => names(statement, arn));
  if (naming.length === 0) return 'not-named';
  const isExternal = (statement: Statement) => wantedExternalIds(statement).every((wanted) => wanted !== externalId) && wantedExternalIds(statement).length > 0;
  if (naming.every(isExternal)) return 'external-id';
  return naming.filter((statement) => !isExternal(statement)).every((statement) => conditionKeys(statement).some((key) => /^aws:MultiFactorAuth/i.test(key)))
    ? 'mfa'
    : 'unclear';
}

function parsed(document: string): readonly Statement[] | null {
  const policy = TrustPolicy.safeParse(jsonOf(document));
  return policy.success ? policy.data.Statement : null;
}

/** Whether a statement names the caller: by account, by user, or as part of everybody. For a role session it names the role. */
function names({ Principal: principal }: Statement, arn: string): boolean {
  if (principal === '*') return true;
  const account = accountIdOf(arn);
  const [, partition = '', roleName] = /^arn:([\w-]+):sts::\d{12}:assumed-role\/([^/]+)\//.exec(arn) ?? [];
  const role = roleName === undefined ? null : `arn:${partition}:iam::${account}:role/${roleName}`;
  return (principal?.AWS ?? []).some(
    (named) => named === '*' || named === account || named === arn || named === role || (named.endsWith(':root') && accountIdOf(named) === account),
  );
}

function wantedExternalIds({ Condition: conditions = {} }: Statement): readonly string[] {
  return Object.entries(conditions).flatMap(([operator, keys]) =>
    /^StringEquals/i.test(operator) ? Object.entries(keys).flatMap(([key, value]) => (/^sts:ExternalId$/i.test(key) ? [value].flat().map(String) : [])) : [],
  );
}

function conditionKeys({ Condition: conditions = {} }: Statement): readonly string[] {
  return Object.values(conditions).flatMap((keys) => Object.keys(keys));
}
