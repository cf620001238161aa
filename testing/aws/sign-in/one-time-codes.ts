import { randomBytes } from 'node:crypto';
import type { Clock } from '../wire/clock.ts';

/** What stands behind a code that works once, for a while. */
type Kept<Value> = { readonly value: Value; readonly expiresAt: number };

/** Codes that a browser carries back to whoever began a sign-in. */
export class OneTimeCodes<Value> {
  readonly #clock: Clock;
  readonly #lifeMs: number;
  readonly #kept = new Map<string, Kept<Value>>();

  /** `lifeMs` in milliseconds. */
  constructor(clock: Clock, lifeMs: number) {
    this.#clock = clock;
    this.#lifeMs = lifeMs;
  }

  issue(value: Value): string {
    const code = randomBytes(32).toString('base64url');
    this.#kept.set(code, { value, expiresAt: this.#clock() + this.#lifeMs });
    return code;
  }

  /** Uses the code up; null for one that is unknown, used or too old. */
  take(code: string): Value | null {
    const kept = this.#kept.get(code);
    this.#kept.delete(code);
    return kept === undefined || kept.expiresAt <= this.#clock() ? null : kept.value;
  }
}

type Renewable<Grant, Answer> = Grant & { answered: { readonly at: number; readonly answer: Answer } | null };

/** Refresh tokens, each good for one renewal; `endsAt` is in epoch milliseconds. */
export class RefreshTokens<Grant extends { readonly endsAt: number }, Answer> {
  readonly #clock: Clock;
  readonly #graceSeconds: () => number;
  readonly #tokens = new Map<string, Renewable<Grant, Answer>>();

  /** For `graceSeconds` a token that was used answers as before, so that who lost the answer may ask again. */
  constructor(clock: Clock, graceSeconds: () => number) {
    this.#clock = clock;
    this.#graceSeconds = graceSeconds;
  }

  add(token: string, grant: Grant): void {
    this.#tokens.set(token, { ...grant, answered: null });
  }

  /** What it was issued for, used or not. */
  find(token: string): Grant | undefined {
    return this.#tokens.get(token);
  }

  /** Whether it would be answered with tokens now. */
  honours(token: string): boolean {
    const found = this.#tokens.get(token);
    const now = this.#clock();
    return found !== undefined && found.endsAt > now && (found.answered === null || now - found.answered.at < this.#graceSeconds() * 1000);
  }

  /** The answer to it; null where it is not honoured. */
  use(token: string, issue: (grant: Grant) => Answer): Answer | null {
    const found = this.#tokens.get(token);
    if (found === undefined || !this.honours(token)) return null;
    found.answered ??= { at: this.#clock(), answer: issue(found) };
    return found.answered.answer;
  }

  /** Ends those of some grants; without `which` all. */
  end(which: (grant: Grant) => boolean = () => true): void {
    for (const [token, grant] of this.#tokens) if (which(grant)) this.#tokens.delete(token);
  }
}
