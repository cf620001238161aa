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
