import type { AwsLoginTokens, IdentityCenterTokens, KeptSignIn } from '../../core/sign-in/kept-sign-in.ts';
import type { AwsLoginPlace, IdentityCenterPlace, SignInPlace } from '../../core/sign-in/sign-in-places.ts';
import type { SignInFlow } from './sign-in-flow.ts';

/** A flow of either way. A place and what is kept of it are of one way. */
export type AnyFlow = SignInFlow<SignInPlace, KeptSignIn['tokens']>;

/** The flow of each way of signing in. */
export class Flows {
  readonly #ways: { readonly 'identity-center': AnyFlow; readonly 'aws-login': AnyFlow };

  constructor(ways: {
    readonly identityCenter: SignInFlow<IdentityCenterPlace, IdentityCenterTokens>;
    readonly awsLogin: SignInFlow<AwsLoginPlace, AwsLoginTokens>;
  }) {
    // TypeScript cannot know that `of` hands each flow only its own places.
    this.#ways = { 'identity-center': ways.identityCenter as unknown as AnyFlow, 'aws-login': ways.awsLogin as unknown as AnyFlow };
  }

  of({ way }: Pick<SignInPlace, 'way'>): AnyFlow {
    return this.#ways[way];
  }
}
