import { evaluate } from './evaluate.ts';
import { bodiesOf } from './blocks.ts';
import { constant } from './constant.ts';
import type { Module } from './module-files.ts';
import { nothingBehind, type Inputs } from './module-scope.ts';
import { noSurroundings } from './calling/surroundings.ts';
import { ofJson } from './functions/json.ts';
import type { Scope } from './scope.ts';
import { parseExpression } from './syntax/parse.ts';
import { notKnown, type Value } from './values/value.ts';
import { takesExpressions } from './variable-type.ts';

/** A value as it was given; without a name for those of a file that only Terraform can read, which may be for any variable. */
export type Assignment = { readonly name: string; readonly value: AssignedValue } | { readonly name: null };

type AssignedValue =
  /** As an environment or a command line has it. */
  | { readonly kind: 'text'; readonly text: string }
  /** As a file in Terraform's own syntax has it, parsed to JSON. */
  | { readonly kind: 'json'; readonly json: unknown }
  /** As a JSON file has it, whose texts are no templates, or as Terraform worked it out, in a saved plan. */
  | { readonly kind: 'literal'; readonly json: unknown };

/** The assignments of a `.tfvars` file that was parsed to JSON. */
export function assignmentsOf(json: unknown, kind: 'json' | 'literal' = 'json'): readonly Assignment[] {
  return bodiesOf(json).flatMap((body) => Object.entries(body).map(([name, value]): Assignment => ({ name, value: { kind, json: value } })));
}

/** The variables `TF_VAR_name`. Every other way to give a value wins over them. */
export function assignmentsInEnvironment(env: Readonly<Record<string, string | undefined>>): readonly Assignment[] {
  return Object.entries(env).flatMap(([name, text]): readonly Assignment[] =>
    name.startsWith('TF_VAR_') && text !== undefined ? [{ name: name.slice('TF_VAR_'.length), value: { kind: 'text', text } }] : [],
  );
}

const nothingElse: Scope = { lookUp: async () => notKnown, providersBehind: nothingBehind, surroundings: noSurroundings };

/** The values of a root module's input variables; of several assignments to one name the last wins. */
export function inputVariables({ variables }: Pick<Module, 'variables'>, assignments: readonly Assignment[]): Inputs {
  const last = new Map<string, AssignedValue>();
  let isAnyUnread = false;
  for (const assignment of assignments) {
    if (assignment.name !== null) last.set(assignment.name, assignment.value);
    else {
      // It may win over all that came before it.
      last.clear();
      isAnyUnread = true;
    }
  }
  return {
    providersBehind: nothingBehind,
    valueOf: async (name): Promise<Value | undefined> => {
      const given = last.get(name);
      if (given === undefined) return isAnyUnread ? notKnown : undefined;
      if (given.kind === 'literal') return ofJson(given.json);
      if (given.kind === 'json') return evaluate(given.json, nothingElse);
      const variable = variables.find(({ labels }) => labels[0] === name);
      // For one that the module does not declare, the version of the program decides whether it is an expression.
      if (variable === undefined) return notKnown;
      if (!takesExpressions(variable)) return given.text.normalize('NFC');
      const expression = parseExpression(given.text);
      return expression === null ? notKnown : constant(expression);
    },
  };
}
