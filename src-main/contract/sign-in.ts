import type { AppError } from './app-error.ts';
import type { Asker } from './question.ts';

// Signing in with the browser, as the windows show it. No token, no address with a code or a state in it.

/** `identity-center`: an AWS access portal, for all its accounts. `aws-login`: AWS Sign-In, for one profile, as `aws login` does it. */
export type SignInWay = 'identity-center' | 'aws-login';

/** Where a person signs in, and whether somebody is signed in there. */
export type SignIn = {
  /** The same over restarts and changes of the AWS files, as long as it is the same place: see `core/sign-in/sign-in-places.ts`. */
  readonly signInId: string;
  readonly way: SignInWay;
  /** The name of the `sso-session`, the host of the start URL where there is none, or the profile of an `aws login`. */
  readonly name: string;
  /** The address of the access portal; null for an `aws login`. */
  readonly startUrl: string | null;
  readonly region: string;
  /** The profiles of the AWS files that get their credentials from it, in their order. */
  readonly profiles: readonly string[];
  readonly state: SignInState;
};

export type SignInState =
  /** Nobody signed in, or signed out. */
  | { readonly kind: 'none' }
  /** `endsAt`: when somebody has to sign in again, as far as that is known; until then it renews itself. */
  | { readonly kind: 'active'; readonly since: number; readonly endsAt: number | null; readonly identity: SignedInIdentity | null }
  /** AWS ended it, or it ran out. */
  | { readonly kind: 'ended'; readonly at: number; readonly error: AppError };

/** Who signed in. */
export type SignedInIdentity = {
  /** Null where the way has no account of its own: an access portal leads to many. */
  readonly accountId: string | null;
  /** The ARN, or the user's name in the access portal. */
  readonly name: string;
  readonly isRoot: boolean;
};

/** The one sign-in that waits for a person, in a window of its own. */
export type SignInPrompt = {
  readonly promptId: string;
  readonly signInId: string;
  readonly way: SignInWay;
  /** As in `SignIn`. */
  readonly name: string;
  /** The host of the page that the browser opens, to compare with its address bar; null until it is known. */
  readonly host: string | null;
  /** The profile that was asked for first; null where the sign-in itself was. */
  readonly profile: string | null;
  /** The programs that wait for it, in the order in which they came. */
  readonly waiting: readonly (Asker & { readonly profile: string })[];
  readonly step: SignInStep;
};

export type SignInStep =
  /** AWS is asked for the page. */
  | { readonly kind: 'preparing' }
  /** The page is open in the browser; `notOpened` says why where no browser could be started. The sign-in goes away at `answerBy`. */
  | { readonly kind: 'browser'; readonly notOpened: AppError | null; readonly answerBy: number }
  /** The page may be opened on any device: it shows the same code, or for an `aws login` (`code` is null) one that is typed here. */
  | { readonly kind: 'elsewhere'; readonly address: string; readonly code: string | null; readonly answerBy: number; readonly refused: AppError | null }
  /** The browser came back, and AWS is asked for the tokens. */
  | { readonly kind: 'finishing' }
  /** Somebody else signed in than before, which a person has to want. */
  | { readonly kind: 'another-identity'; readonly before: SignedInIdentity; readonly now: SignedInIdentity; readonly answerBy: number }
  | { readonly kind: 'failed'; readonly error: AppError };

/** A permission set of an account in an access portal. */
export type PortalRole = { readonly accountId: string; readonly roleName: string };

/** An account of an access portal, with the names of its permission sets. */
export type PortalAccount = {
  readonly accountId: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly string[];
};

/** The accounts and roles of an access portal. */
export type PortalAccountsStep =
  | { readonly kind: 'asking' }
  /**
   * `asking` while more is on its way, which comes behind what is there; `error` says why that failed; `at` is when the
   * list was complete last, null for never.
   */
  | {
      readonly kind: 'shown';
      readonly accounts: readonly PortalAccount[];
      readonly at: number | null;
      readonly asking: boolean;
      readonly error: AppError | null;
      readonly preview: ProfilesPreview | null;
    }
  | { readonly kind: 'failed'; readonly error: AppError };

/** What writing profiles would add to the config file, or has added. */
export type ProfilesPreview = {
  readonly file: string;
  readonly names: readonly string[];
  /** The lines as they would stand there. */
  readonly text: string;
  readonly written: boolean;
  /** Why they were not written. */
  readonly error: AppError | null;
};
