import { z } from 'zod';
import { limitIdPattern, policyArnPattern, sessionPolicyArnsMax, sessionPolicyCharactersMax } from './limits.ts';

/**
 * What a role session may do at most, in AWS's words its session policies: it may do what one of them allows
 * and the role may too. At least one of them is there.
 */
export const SessionPolicies = z
  .strictObject({
    /** AWS's own `ReadOnlyAccess`, in the partition of the role. */
    readOnly: z.boolean(),
    /** Of managed policies. */
    arns: z.array(z.string().regex(policyArnPattern)).max(sessionPolicyArnsMax),
    /** A policy of the user's own, as JSON in its shortest form, and the name of its file. */
    document: z.strictObject({ name: z.string().min(1).max(255), text: z.string().min(2).max(sessionPolicyCharactersMax) }).nullable(),
  })
  .refine(({ readOnly, arns, document }) => readOnly || arns.length > 0 || document !== null);
export type SessionPolicies = z.infer<typeof SessionPolicies>;

export const LimitId = z.string().regex(limitIdPattern);
