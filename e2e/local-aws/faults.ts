import { actionMatches } from './inline-policy.ts';

/** How an action misbehaves. Delays come first, whatever their place in the list. */
export type Fault =
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'throttled' }
  | { readonly kind: 'dropped' }
  | { readonly kind: 'delayed'; readonly milliseconds: number };

/** The faults that tests set and clear. */
export class Faults {
  /** How far AWS's clock, and the MFA device's, is ahead of this machine's, in seconds. */
  clockOffsetSeconds = 0;
  readonly #byPattern = new Map<string, readonly Fault[]>();

  /** Sets the faults of one action (`sts:GetSessionToken`), of many (`iam:*`) or of all (`*`). */
  set(actionPattern: string, ...faults: readonly Fault[]): void {
    this.#byPattern.set(actionPattern, faults);
  }

  /** Clears the faults set for this very pattern; without one everything, the clock included. */
  clear(actionPattern?: string): void {
    if (actionPattern !== undefined) {
      this.#byPattern.delete(actionPattern);
      return;
    }
    this.#byPattern.clear();
    this.clockOffsetSeconds = 0;
  }

  of(action: string): readonly Fault[] {
    return [...this.#byPattern]
      .filter(([pattern]) => actionMatches(pattern, action))
      .flatMap(([, faults]) => faults)
      .toSorted((first, second) => rank(first) - rank(second));
  }
}

const rank = (fault: Fault) => (fault.kind === 'delayed' ? 0 : 1);
