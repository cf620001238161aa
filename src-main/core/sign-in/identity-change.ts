import type { SignedInIdentity, SignIn } from '../../contract/sign-in.ts';
import { isRootArn } from '../aws-names/arn.ts';
import type { SignInPlace } from './sign-in-places.ts';

/**
 * Who is there in place of whom, where that is for a person to decide; null where it is nobody else, or nobody was
 * there before. As the AWS CLI compares them: the same role under another session name is somebody else.
 */
export function isAnotherIdentity(
  place: SignInPlace,
  held: SignedInIdentity | null,
  now: SignedInIdentity | null,
): { readonly before: SignedInIdentity; readonly now: SignedInIdentity } | null {
  const before = held ?? identityOfArn(place.way === 'aws-login' ? place.loginSession : null);
  if (before === null || now === null || before.name === now.name) return null;
  return { before, now };
}

/** Who is signed in at a place, where the place says it. */
export function heldIdentity(signIns: readonly SignIn[], { signInId }: Pick<SignInPlace, 'signInId'>): SignedInIdentity | null {
  const state = signIns.find((one) => one.signInId === signInId)?.state;
  return state?.kind === 'active' ? state.identity : null;
}

/** The user of an access portal, as the ARN of a permission set's session names it; null for any other ARN. */
export function portalUserOf(arn: string): string | null {
  return /^arn:[\w-]+:sts::\d{12}:assumed-role\/AWSReservedSSO_[^/]+\/([^/]+)$/.exec(arn)?.[1] ?? null;
}

/** Who an ARN names; null for what is none. */
export function identityOfArn(arn: string | null): SignedInIdentity | null {
  const [, accountId] = /^arn:[\w-]+:(?:iam|sts)::(\d{12}):.+$/.exec(arn ?? '') ?? [];
  return arn === null || accountId === undefined ? null : { accountId, name: arn, isRoot: isRootArn(arn) };
}
