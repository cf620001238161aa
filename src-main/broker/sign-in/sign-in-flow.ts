import type { Result } from '../../contract/app-error.ts';
import type { KeptSignIn } from '../../core/sign-in/kept-sign-in.ts';
import type { SignInPlace } from '../../core/sign-in/sign-in-places.ts';

/** What differs between the ways of signing in. Each failure is one sentence of the way's own. */
export type SignInFlow<Place extends SignInPlace, Tokens> = {
  /** Asks AWS for the page that the browser opens, and that sends it to `redirectUri` on 127.0.0.1 afterwards. */
  readonly prepare: (place: Place, redirectUri: string, signal: AbortSignal) => Promise<Result<BrowserPage<Tokens>>>;
  /** Asks for a page that may be opened on another device. */
  readonly prepareElsewhere: (place: Place, signal: AbortSignal) => Promise<Result<ElsewherePage<Tokens>>>;
  /** Fresh tokens without a person. A failure after which only a person helps has `isOver`. */
  readonly renew: (place: Place, kept: KeptSignIn<Tokens>, signal: AbortSignal) => Promise<Renewed<Tokens>>;
  /** The browser was sent to a page, and did not come back. */
  readonly abandoned: (place: Place) => void;
  /** Tells AWS that the sign-in is over. */
  readonly end: (place: Place, kept: KeptSignIn<Tokens>) => Promise<Result<null>>;
};

export type BrowserPage<Tokens> = {
  readonly address: string;
  /** What the browser has to bring back as `state`; a request to the redirect URI without it is not the answer. */
  readonly state: string;
  /** Takes what the browser brought back: a code, or the error that the page said. */
  readonly finish: (answer: URLSearchParams, signal: AbortSignal) => Promise<Result<KeptSignIn<Tokens>>>;
};

export type ElsewherePage<Tokens> = {
  readonly address: string;
  readonly answerBy: number;
} & (
  | {
      /** The code that the page shows too. */ readonly code: string;
      /** Waits for the person. */ readonly wait: (signal: AbortSignal) => Promise<Result<KeptSignIn<Tokens>>>;
    }
  /** The page gives a code that is typed in the app. */
  | { readonly code: null; readonly submit: (typed: string, signal: AbortSignal) => Promise<Result<KeptSignIn<Tokens>>> }
);

export type Renewed<Tokens> = Result<KeptSignIn<Tokens>> | (Extract<Result<never>, { readonly ok: false }> & { readonly isOver: boolean });
