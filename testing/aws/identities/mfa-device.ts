import { setTimeout as sleep } from 'node:timers/promises';
import { Secret, TOTP } from 'otpauth';
import type { Clock } from '../wire/clock.ts';

const stepMs = 30_000;
/** AWS accepts the code of the current 30 s step and of its two neighbours. */
const acceptedSteps = [0, 1, -1] as const;
/** A code of the previous step is only handed out if it is still accepted for this long, in milliseconds. */
const marginMs = 5_000;

/** A FIDO2 security key or passkey: IAM lists it, but the STS API cannot use it. */
export type SecurityKey = { readonly kind: 'security-key'; readonly serialNumber: string };

/** What `iam:ListMFADevices` lists of a user. */
export type MfaDevice = VirtualMfaDevice | SecurityKey;

/** A virtual MFA device: TOTP (RFC 6238) of six digits, each good for one use. */
export class VirtualMfaDevice {
  readonly kind = 'virtual';
  readonly serialNumber: string;
  /** Base32. */
  readonly secret: string;
  /** The `otpauth://` URI that authenticator apps read. */
  readonly uri: string;
  readonly #totp: TOTP;
  readonly #clock: Clock;
  readonly #usedSteps = new Set<number>();
  readonly #handedOutSteps = new Set<number>();

  /** The device shares AWS's clock, as a phone does: faults shift both against the client's. */
  constructor(serialNumber: string, label: string, clock: Clock) {
    this.serialNumber = serialNumber;
    this.#clock = clock;
    this.#totp = new TOTP({ issuer: 'Local AWS', label, secret: new Secret({ size: 20 }) });
    this.secret = this.#totp.secret.base32;
    this.uri = this.#totp.toString();
  }

  /** The code shown at a time in epoch milliseconds, by default now, whether it has been used or not. */
  code(at: number = this.#clock()): string {
    return this.#totp.generate({ timestamp: at });
  }

  /** A code that will be accepted; waits for the next 30 s step when all current ones have been used. */
  async nextCode(): Promise<string> {
    for (;;) {
      const now = this.#clock();
      const intoStep = now % stepMs;
      const step = acceptedSteps
        .filter((offset) => offset !== -1 || stepMs - intoStep >= marginMs)
        .map((offset) => Math.floor(now / stepMs) + offset)
        .find((candidate) => !this.#usedSteps.has(candidate) && !this.#handedOutSteps.has(candidate));
      if (step !== undefined) {
        this.#handedOutSteps.add(step);
        return this.code(step * stepMs);
      }
      await sleep(stepMs - intoStep);
    }
  }

  /** Uses a code up. False when it is wrong or has been used, which AWS does not distinguish. */
  redeem(code: string): boolean {
    const current = Math.floor(this.#clock() / stepMs);
    const step = acceptedSteps.map((offset) => current + offset).find((candidate) => !this.#usedSteps.has(candidate) && this.code(candidate * stepMs) === code);
    if (step === undefined) return false;
    this.#usedSteps.add(step);
    return true;
  }

  /** Lets every code work again, so that a test need not wait for the next 30 s. */
  forgetUsedCodes(): void {
    this.#usedSteps.clear();
    this.#handedOutSteps.clear();
  }
}
