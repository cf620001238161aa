import type { AccountStatement, ProviderConfiguration } from '../../../contract/terraform-project.ts';
import { evaluateExpression } from '../language/evaluate.ts';
import type { Identity, Scope, World } from '../language/scope.ts';
import type { Expression } from '../language/syntax/expression.ts';
import { booleanOf } from '../language/values/convert.ts';
import { otherAccount, unknownPart } from '../language/values/stand-in.ts';
import { failure, notKnown, type Value } from '../language/values/value.ts';
import { accountOfRole } from './role-account.ts';

type Outcomes = AccountStatement['outcomes'];
export type Outcome = Outcomes[number]['outcome'];

/** What of a provider shows where it leads. */
export type Led = Pick<ProviderConfiguration, 'address' | 'assumeRoles'>;

type Judging = {
  /** Accounts to try beside those that the condition is compared with. */
  readonly candidates: readonly string[];
  readonly outcomeIn: (world: World) => Promise<Outcome>;
};

/** How many combinations of accounts are tried; a condition with more of them is not known. */
const combinationsMax = 4_000;

/**
 * What comes out of a condition for each account that its providers may reach: for those that it is
 * compared with, for those that `roles` lead to, and, as null, for any other. So nothing has to be
 * evaluated any more once AWS has said which account it is.
 */
export async function outcomesOf(providers: readonly Led[], { candidates, outcomeIn }: Judging): Promise<Outcomes> {
  const compared = new Set(candidates);
  const known = new Map<string, Outcomes[number]>();
  // What is compared in one of them is tried in the next round.
  for (let round = 0; round < 4; round += 1) {
    const before = compared.size;
    const rows = combinations([...[...compared].sort(), null], providers.length);
    if (rows === null) return [];
    for (const accounts of rows) {
      const key = accounts.join();
      if (known.has(key)) continue;
      known.set(key, { accounts: [...accounts], outcome: await outcomeIn({ identities: identitiesOf(providers, accounts), compared }) });
    }
    if (compared.size === before) break;
  }
  const rows = [...known.values()];
  const other = rows.find(({ accounts }) => accounts.length === 1 && accounts[0] === null);
  // An account that is like any other needs no row.
  return rows.filter((row) => row === other || row.outcome !== other?.outcome);
}

/** What the data sources would say if providers reached these accounts; null, or none, is any other one. */
export function identitiesOf(providers: readonly Led[], accounts: readonly (string | null)[] = []): World['identities'] {
  return new Map(providers.map((provider, index) => [provider.address, identityOf(provider, accounts[index] ?? otherAccount(index))]));
}

/**
 * What comes out of a condition. Where the first side of an `||` holds and the second one is a failure, versions of
 * Terraform either refuse the project, whatever the account is, or take the condition to hold.
 */
export async function outcomeOfCondition(said: Expression, scope: Scope, world: World): Promise<Outcome> {
  if (said.kind === 'binary' && said.operator === '||' && (await outcomeOfCondition(said.left, scope, world)) === 'holds') return 'holds';
  return meaningOf(await evaluateExpression(said, scope, world));
}

function meaningOf(value: Value): Outcome {
  if (value === notKnown) return 'unknown';
  if (value === failure || value === null) return 'fails';
  const holds = booleanOf(value);
  return holds === null ? 'unknown' : holds ? 'holds' : 'fails';
}

function combinations(accounts: readonly (string | null)[], count: number): readonly (readonly (string | null)[])[] | null {
  if (accounts.length ** count > combinationsMax) return null;
  return Array.from({ length: count }).reduce<readonly (readonly (string | null)[])[]>(
    (rows) => rows.flatMap((row) => accounts.map((account) => [...row, account])),
    [[]],
  );
}

/** What the data sources would say of an account. */
function identityOf({ assumeRoles }: Led, account: string): Identity {
  const [role] = assumeRoles.slice(-1);
  const arn = role?.roleArn.kind === 'known' ? role.roleArn.value : null;
  const [, partition = unknownPart, name = ''] = /^arn:([^:]+):iam::\d*:role\/(?:.*\/)?([^/]+)$/.exec(arn ?? '') ?? [];
  const session = role?.sessionName?.kind === 'known' ? role.sessionName.value : unknownPart;
  // Without a role it may be a user, or a role's session.
  const who = name === '' ? `${unknownPart}::${account}:${unknownPart}` : `sts::${account}:assumed-role/${name}/${session}`;
  return new Map([
    ['aws_caller_identity', { account_id: account, arn: `arn:${partition}:${who}`, id: account, user_id: notKnown }],
    ['aws_iam_account_alias', { account_alias: notKnown, id: notKnown }],
  ]);
}

/** The accounts in the roles that providers assume. */
export function accountsOfRoles(providers: readonly Led[]): readonly string[] {
  return [...new Set(providers.flatMap((provider) => accountOfRole(provider) ?? []))];
}

/** The parts of a condition that all have to hold. Each says something of its own, even where another one is not known. */
export function partsOf(condition: Expression): readonly Expression[] {
  if (condition.kind === 'binary' && condition.operator === '&&') return [...partsOf(condition.left), ...partsOf(condition.right)];
  const [list] = condition.kind === 'call' && condition.name === 'alltrue' ? condition.args : [];
  return list?.kind === 'tuple' ? list.items.flatMap(partsOf) : [condition];
}
