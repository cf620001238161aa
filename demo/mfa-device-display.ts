import type { LocalAws } from '../testing/aws/local-aws.ts';

const stepMs = 30_000;

/** Shows the code of the user's MFA device, as a phone does, until it is closed. */
export class MfaDeviceDisplay {
  readonly #aws: LocalAws;
  readonly #out: NodeJS.WriteStream;
  readonly #timer: NodeJS.Timeout;
  #shown = '';

  constructor(aws: LocalAws, out: NodeJS.WriteStream) {
    this.#aws = aws;
    this.#out = out;
    this.#timer = setInterval(() => this.#show(), 1_000);
    this.#show();
  }

  close(): void {
    clearInterval(this.#timer);
    if (this.#out.isTTY) this.#out.write('\n');
  }

  #show(): void {
    const now = Date.now();
    const left = Math.ceil((stepMs - (now % stepMs)) / 1_000);
    const code = this.#aws.alice.totpCode();
    const wasUsed = this.#lastSessionAt() >= now - (now % stepMs);
    const line = wasUsed ? `MFA code: ${code} has been used` : `MFA code: ${code}`;
    if (this.#out.isTTY) this.#out.write(`\r${line}, the next one comes in ${left} s\u001B[K`);
    else if (line !== this.#shown) this.#out.write(`${line}\n`);
    this.#shown = line;
  }

  /** When AWS last accepted a code, in epoch milliseconds. */
  #lastSessionAt(): number {
    return this.#aws.calls.findLast(({ action, outcome }) => action === 'GetSessionToken' && outcome === 'Success')?.at ?? 0;
  }
}
