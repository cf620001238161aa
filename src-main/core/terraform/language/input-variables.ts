import { evaluate, type Scope } from './evaluate.ts';
import { bodiesOf, type Block, type Module } from './module-files.ts';
import type { Inputs } from './module-scope.ts';
import { unknown, type Value } from './value.ts';

/** A value as it was given. */
export type Assignment = {
  readonly name: string;
  readonly value:
    /** As an environment or a command line has it. */
    | { readonly kind: 'text'; readonly text: string }
    /** As a file has it, parsed to JSON. */
    | { readonly kind: 'json'; readonly json: unknown }
    /** As Terraform itself worked it out, in a saved plan. */
    | { readonly kind: 'literal'; readonly value: Value };
};

/** The assignments of a `.tfvars` file that was parsed to JSON. */
export function assignmentsOf(json: unknown): readonly Assignment[] {
  return bodiesOf(json).flatMap((body) => Object.entries(body).map(([name, value]): Assignment => ({ name, value: { kind: 'json', json: value } })));
}

/** The variables `TF_VAR_name`. Every other way to give a value wins over them. */
export function assignmentsInEnvironment(env: Readonly<Record<string, string | undefined>>): readonly Assignment[] {
  return Object.entries(env).flatMap(([name, text]): readonly Assignment[] =>
    name.startsWith('TF_VAR_') && text !== undefined ? [{ name: name.slice('TF_VAR_'.length), value: { kind: 'text', text } }] : [],
  );
}

/** The values of a root module's input variables; of several assignments to one name the last wins. */
export function inputVariables({ variables }: Pick<Module, 'variables'>, assignments: readonly Assignment[], scope: Pick<Scope, 'readTemplate'>): Inputs {
  const last = new Map(assignments.map(({ name, value }) => [name, value]));
  const nothingElse: Scope = { ...scope, lookUp: async () => unknown };
  return async (name): Promise<Value | undefined> => {
    const given = last.get(name);
    if (given === undefined) return undefined;
    if (given.kind === 'literal') return given.value;
    if (given.kind === 'json') return evaluate(given.json, nothingElse);
    const variable = variables.find(({ labels }) => labels[0] === name);
    // A text for a variable of a complex type is an expression.
    return isComplex(variable) ? evaluate(`\${${given.text}}`, nothingElse) : given.text;
  };
}

function isComplex(variable: Block | undefined): boolean {
  const type = variable?.body['type'];
  return typeof type === 'string' && /^\$?\{?\s*(list|set|map|object|tuple|any)\b/.test(type) && !/^\$?\{?\s*any\b/.test(type);
}
