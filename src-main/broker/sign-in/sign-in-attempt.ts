import { randomUUID } from 'node:crypto';
import type { Result } from '../../contract/app-error.ts';
import { appError, failed } from '../../core/errors.ts';
import type { KeptSignIn } from '../../core/sign-in/kept-sign-in.ts';
import type { SignInPlace } from '../../core/sign-in/sign-in-places.ts';
import type { BrowserPage, ElsewherePage } from './sign-in-flow.ts';

type Tokens = KeptSignIn['tokens'];

/** A sign-in that waits for a person, shown or in the queue. */
export type Attempt = {
  readonly promptId: string;
  readonly place: SignInPlace;
  readonly profile: string | null;
  readonly outcome: Promise<Result<null>>;
  readonly settle: (outcome: Result<null>) => void;
  /** Ends what the step under way waits for. */
  stop: AbortController;
  /** The page for a browser of this computer, or for any device. */
  page: BrowserPage<Tokens> | ElsewherePage<Tokens> | null;
  /** Takes the user's answer to the question about another identity. */
  takeIdentity: ((accept: boolean) => void) | null;
  /** Callers that wait for it. */
  waiting: number;
  /** A person asked, or a caller's time was over who asks again: it stays when no caller waits. */
  isKept: boolean;
  /** It failed, and only its window is left, which says why. */
  isOver: boolean;
};

export function newAttempt(place: SignInPlace, profile: string | null, byUser: boolean): Attempt {
  let settle: Attempt['settle'] = () => undefined;
  const outcome = new Promise<Result<null>>((resolve) => (settle = resolve));
  return {
    promptId: randomUUID(),
    place,
    profile,
    outcome,
    settle,
    stop: new AbortController(),
    page: null,
    takeIdentity: null,
    waiting: 0,
    isKept: byUser,
    isOver: false,
  };
}

/** A caller that waits no more. */
export function leaves({ name }: SignInPlace, signal: AbortSignal): Promise<Result<null>> {
  return new Promise((resolve) => {
    const leave = (): void => resolve(failed(appError('sign-in-closed', { name })));
    signal.addEventListener('abort', leave, { once: true });
    if (signal.aborted) leave();
  });
}
