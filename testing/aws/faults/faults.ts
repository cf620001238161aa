import { actionMatches } from '../identities/inline-policy.ts';

/** How an action misbehaves. Faults that make a call wait come first, wherever they are in the list. */
export type Fault =
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'throttled' }
  /** HTTP 500, before the action took effect. */
  | { readonly kind: 'failed' }
  /** The connection is cut, before the action took effect. */
  | { readonly kind: 'dropped' }
  /** The connection is cut in place of the answer: the action took effect, unless it was refused. */
  | { readonly kind: 'answer-dropped' }
  /** The connection is cut in the middle of the answer's body; otherwise like `answer-dropped`. */
  | { readonly kind: 'answer-cut' }
  /** Something between the app and AWS answers in AWS's place: a portal, or a proxy that garbles. The call does not reach AWS. */
  | { readonly kind: 'answered'; readonly status: number; readonly contentType: string; readonly body: string }
  /** The call is taken, and nothing is ever said; it takes no effect. */
  | { readonly kind: 'silent' }
  /** A page of HTML with status 200, as a captive portal answers; it repeats all that it was sent. */
  | { readonly kind: 'portal' }
  | { readonly kind: 'delayed'; readonly milliseconds: number }
  /** `wait` is called when the call has arrived, and the call goes on when it resolves. */
  | { readonly kind: 'held'; readonly wait: () => Promise<void> };

/** A call that waits for the test. */
export type HeldCall = {
  /** Resolves when the call has arrived. */
  readonly arrived: Promise<void>;
  /** Lets it go on, even before it has arrived. */
  readonly release: () => void;
};

type SetFaults = { readonly pattern: string; readonly faults: readonly Fault[] };

/** The faults that tests set and clear. */
export class Faults {
  /** How far AWS's clock, and the MFA device's, is ahead of this machine's, in seconds. */
  clockOffsetSeconds = 0;
  readonly #byPattern = new Map<string, readonly Fault[]>();
  #once: readonly SetFaults[] = [];

  /** Sets the faults of one action (`sts:GetSessionToken`), several (`iam:*`) or all (`*`). */
  set(actionPattern: string, ...faults: readonly Fault[]): void {
    this.#byPattern.set(actionPattern, faults);
  }

  /** Sets the faults of the next call that matches, in addition to the lasting ones. Set twice, they apply to two calls, one after the other. */
  setOnce(actionPattern: string, ...faults: readonly Fault[]): void {
    this.#once = [...this.#once, { pattern: actionPattern, faults }];
  }

  /** Holds the next call that matches until the test releases it: for what happens while the app waits for AWS. */
  hold(actionPattern: string): HeldCall {
    let [arrive, release] = [(): void => {}, (): void => {}];
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    const released = new Promise<void>((resolve) => (release = resolve));
    const wait = (): Promise<void> => {
      arrive();
      return released;
    };
    this.setOnce(actionPattern, { kind: 'held', wait });
    return { arrived, release };
  }

  /** Clears the faults that were set for exactly this pattern; without a pattern everything, the clock included. */
  clear(actionPattern?: string): void {
    if (actionPattern !== undefined) {
      this.#byPattern.delete(actionPattern);
      this.#once = this.#once.filter(({ pattern }) => pattern !== actionPattern);
      return;
    }
    this.#byPattern.clear();
    this.#once = [];
    this.clockOffsetSeconds = 0;
  }

  /** The faults that apply to a call of the action. Those set for one call are used up by this. */
  take(action: string): readonly Fault[] {
    const once = this.#once.find(({ pattern }) => actionMatches(pattern, action));
    this.#once = this.#once.filter((candidate) => candidate !== once);
    return [...this.#byPattern]
      .filter(([pattern]) => actionMatches(pattern, action))
      .flatMap(([, faults]) => faults)
      .concat(once?.faults ?? [])
      .toSorted((first, second) => rank(first) - rank(second));
  }
}

/** Faults that stop the call come before those that only take its answer away. */
function rank({ kind }: Fault): number {
  if (kind === 'delayed' || kind === 'held') return 0;
  return kind === 'answer-dropped' || kind === 'answer-cut' ? 2 : 1;
}
