import { readOnlyName } from '../../contract/limits.ts';
import type { SessionPolicies } from '../../contract/session-policies.ts';
import { jsonOf } from '../json.ts';

/** What AWS takes as the session policies of a role session. */
export type PolicyParameters = { readonly arns: readonly string[]; readonly document: string | null };

export const readOnlyPolicies: SessionPolicies = { readOnly: true, arns: [], document: null };

/** As people know the policies: `read-only`, the names of managed policies, the name of a file. */
export function policyNames({ readOnly, arns, document }: SessionPolicies): readonly string[] {
  return [...(readOnly ? [readOnlyName] : []), ...arns.map((arn) => arn.split('/').at(-1) ?? arn), ...(document === null ? [] : [document.name])];
}

/** `partition` is that of the role: each one has its own `ReadOnlyAccess`. */
export function policyParameters({ readOnly, arns, document }: SessionPolicies, partition: string): PolicyParameters {
  const preset = readOnly ? [`arn:${partition}:iam::aws:policy/ReadOnlyAccess`] : [];
  return { arns: [...new Set([...preset, ...arns])], document: document?.text ?? null };
}

/** Strings of JSON, each with the colon that makes it a name, and what stands between the words and means nothing. */
const stringOrSpace = /("(?:[^"\\]|\\.)*")([\t\n\r ]*:)?|[\t\n\r ]+/g;

/**
 * A policy in its shortest form, with nothing but the characters that AWS takes (U+0020 to U+00FF); null for what is no
 * JSON object. Numbers stay as they are written, since JavaScript's own have no more than 15 digits.
 */
export function shortestPolicy(text: string): string | null {
  const policy = jsonOf(text);
  if (typeof policy !== 'object' || policy === null || Array.isArray(policy)) return null;
  const short = text.replaceAll(stringOrSpace, (_, string?: string, colon?: string) =>
    string === undefined ? '' : `${JSON.stringify(jsonOf(string))}${colon === undefined ? '' : ':'}`,
  );
  return short.replaceAll(/[^\x20-\xFF]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * The first name that stands twice in one object of a policy; null for none. Of two `Statement` each reader of JSON takes
 * another one, and the one that is left may allow more than what was written.
 */
export function nameTwice(policy: string): string | null {
  const around: Set<unknown>[] = [];
  for (const [word, string, colon] of policy.matchAll(/("(?:[^"\\]|\\.)*")([\t\n\r ]*:)?|[{}]/g)) {
    if (word === '{') around.push(new Set());
    else if (word === '}') around.pop();
    else if (string !== undefined && colon !== undefined) {
      const [name, names] = [jsonOf(string), around.at(-1)];
      if (names?.has(name) === true) return String(name);
      names?.add(name);
    }
  }
  return null;
}
