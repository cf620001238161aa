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

/** A policy in its shortest form, with nothing but the characters that AWS takes (U+0020 to U+00FF); null for what is no JSON object. */
export function shortestPolicy(text: string): string | null {
  const policy = jsonOf(text);
  if (typeof policy !== 'object' || policy === null || Array.isArray(policy)) return null;
  return JSON.stringify(policy).replaceAll(/[^\x20-\xFF]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
