import type { Limits } from './directory.ts';
import { parseInlinePolicy } from './inline-policy.ts';

const denyPolicyName = 'local-aws-deny';

/** Denies these actions through an inline policy, and no others; with none, allows all again. */
export function denyActions({ inlinePolicies }: Limits, actions: readonly string[]): void {
  inlinePolicies.delete(denyPolicyName);
  if (actions.length === 0) return;
  const statement = { Effect: 'Deny', Action: actions, Resource: '*' };
  const document = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  inlinePolicies.set(denyPolicyName, parseInlinePolicy(document));
}

/** Leaves these actions out of what is allowed, and no others. */
export function withholdActions({ withheldActions }: Limits, actions: readonly string[]): void {
  withheldActions.clear();
  for (const action of actions) withheldActions.add(action);
}
