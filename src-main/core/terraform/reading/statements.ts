import type { AccountStatement, ProviderConfiguration } from '../../../contract/terraform-project.ts';
import { evaluateExpression, expressionsIn } from '../language/evaluate.ts';
import type { Module } from '../language/module-files.ts';
import { providersBehind } from '../language/module-scope.ts';
import type { Scope, World } from '../language/scope.ts';
import type { Expression } from '../language/syntax/expression.ts';
import { parseTemplate } from '../language/syntax/parse.ts';
import { failure, isKnown } from '../language/values/value.ts';
import { accountsOfRoles, identitiesOf, outcomeOfCondition, outcomesOf, partsOf, type Led, type Outcome } from './account-conditions.ts';
import { conditionsOf, type Condition } from './conditions.ts';
import { isIndependent } from './independence.ts';
import { instanceScopes } from './modules/instances.ts';
import { withIdentities, withSelf } from './modules/outside-names.ts';
import { expressionOf } from './providers/provider-blocks.ts';
import { writtenOut } from './written-out.ts';

/** A module as one call of it has it. */
type Place = {
  /** Such as `module.network.module.vpc`; empty for the root. */
  readonly address: string;
  readonly module: Module;
  readonly scope: Scope;
  readonly addressOf: (reference: string) => string;
};

/** What the conditions of a module say about the accounts that providers reach. A condition that holds for every account says nothing. */
export async function statementsOf(
  { address, module, scope, addressOf }: Place,
  providers: readonly ProviderConfiguration[],
  /** The accounts that the project mentions. */
  mentioned: () => readonly string[],
): Promise<readonly AccountStatement[]> {
  const prefix = address === '' ? '' : `${address}.`;
  const statements: AccountStatement[] = [];
  for (const condition of conditionsOf(module)) {
    const { by, name, place, said, block } = condition;
    const parts = by === 'local' ? thatMayFail(said) : conditionsIn(said);
    for (const inside of block === null ? [scope] : await instanceScopes(block.body, scope)) {
      const around = surrounded(condition, inside, addressOf);
      for (const written of parts) {
        const part = await writtenOut(written, module.locals, around);
        const behind = [...(await providersBehind(part, around))].map((one): Led => {
          // Nothing is read of one that belongs to a test, or that does not exist.
          return providers.find(({ address: other }) => other === one) ?? { address: one, assumeRoles: [] };
        });
        if (behind.length === 0) continue;
        const outcomes = await outcomesFor(part, around, behind, { by, mentioned });
        if (!saysSomething(by, outcomes)) continue;
        if (isOpen(outcomes) && (await isIndependent(part, { module, scope: around, identities: identitiesOf(behind), addressOf }))) continue;
        statements.push({
          by,
          name: `${prefix}${name}`,
          place,
          expression: expressionOf(said),
          providers: behind.map((one) => one.address),
          outcomes: [...outcomes],
        });
      }
    }
  }
  return statements;
}

function conditionsIn(said: unknown): readonly Expression[] {
  const whole = typeof said === 'string' ? parseTemplate(said) : null;
  return whole === null ? [] : partsOf(whole);
}

/** The parts of a local that Terraform may refuse to work out; a mere name it takes as it is. */
function thatMayFail(said: unknown): readonly Expression[] {
  return expressionsIn(said).filter((part) => part.kind !== 'traversal' || part.steps.some(({ kind }) => kind === 'index'));
}

/** What is known of any other account holds for each that the condition was not compared with, so the project's accounts are tried only where it is not. */
async function outcomesFor(
  part: Expression,
  scope: Scope,
  behind: readonly Led[],
  { by, mentioned }: Pick<Condition, 'by'> & { readonly mentioned: () => readonly string[] },
): Promise<AccountStatement['outcomes']> {
  let mayDiffer = false as boolean;
  const outcomeIn = async (world: World): Promise<Outcome> => {
    if (by !== 'local') {
      const outcome = await outcomeOfCondition(part, scope, world);
      mayDiffer ||= outcome === 'unknown';
      return outcome;
    }
    const value = await evaluateExpression(part, scope, world);
    mayDiffer ||= value !== failure && !isKnown(value);
    return value === failure ? 'fails' : 'holds';
  };
  const ofRoles = accountsOfRoles(behind);
  const outcomes = await outcomesOf(behind, { candidates: ofRoles, outcomeIn });
  return mayDiffer && behind.length === 1 ? outcomesOf(behind, { candidates: [...ofRoles, ...mentioned()], outcomeIn }) : outcomes;
}

function surrounded({ data, self }: Condition, scope: Scope, addressOf: (reference: string) => string): Scope {
  const inside = data.length === 0 ? scope : withIdentities(scope, data, addressOf);
  return self === null ? inside : withSelf(inside, self, addressOf);
}

/** Whether a condition does not come out as known for each account. */
function isOpen(outcomes: AccountStatement['outcomes']): boolean {
  return outcomes.length === 0 || outcomes.some(({ outcome }) => outcome === 'unknown');
}

/** A local says something only where Terraform refuses to work it out for an account, as `tobool("Wrong account.")` makes it. */
function saysSomething(by: AccountStatement['by'], outcomes: AccountStatement['outcomes']): boolean {
  if (by === 'local') return outcomes.some(({ outcome }) => outcome === 'fails') && outcomes.some(({ outcome }) => outcome === 'holds');
  return outcomes.length === 0 || outcomes.some(({ outcome }) => outcome !== 'holds');
}
