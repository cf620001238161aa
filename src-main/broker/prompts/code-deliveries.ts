import { setTimeout as sleep } from 'node:timers/promises';
import type { AppError } from '../../contract/app-error.ts';
import { appError } from '../../core/errors.ts';
import type { FoundSource } from '../../core/prompts/code-source.ts';
import { nextCodeAt } from '../../core/prompts/mfa-codes.ts';
import { SerialQueue } from '../../core/serial-queue.ts';
import type { CodePlace, CodeSources, Progress } from './code-sources.ts';

/** A session that a code is to start, where the code comes from, and how long the session is to be. */
export type WantedCode = { readonly found: FoundSource; readonly place: CodePlace; readonly durationSeconds: number };

/** One of those who wait for a session. */
export type Recipient = {
  /** Whether a person sees how far it is: the code is then sent by way of the prompt. */
  readonly isPrompt: boolean;
  readonly tell: (progress: Progress) => void;
  /** Null when the code brought the session. */
  readonly send: (code: string) => Promise<AppError | null>;
  /** Aborts when it waits no more. */
  readonly signal: AbortSignal;
  /** The `moment` at which it began to wait, where that was before it joins: a session that has come since is its own. */
  readonly since?: number;
};

type Delivery = {
  readonly outcome: Promise<AppError | null>;
  readonly settle: (outcome: AppError | null) => void;
  readonly recipients: Set<Recipient>;
  readonly stop: AbortController;
  progress: Progress | null;
};

type Parts = { readonly sources: Pick<CodeSources, 'code'>; readonly now: () => number };

/** How often a source is asked for one session: a code that had been used is followed by another one. */
const triesMax = 2;

/** A source may be a moment behind the clock at which its next code begins, in milliseconds. */
const slackMs = 250;

/**
 * Gets codes of sources and has them sent. All who wait for one session share one delivery, which ends with the last
 * of them; those of one device take turns, since the device gives one code at a time and AWS takes it once.
 */
export class CodeDeliveries {
  readonly #parts: Parts;
  readonly #open = new Map<string, Delivery>();
  /** By the serial of the device. */
  readonly #turns = new Map<string, SerialQueue>();

  /** How many sessions have come, and which was the last for what was wanted. */
  #moment = 0;
  readonly #brought = new Map<string, number>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get moment(): number {
    return this.#moment;
  }

  /** Resolves with null when the session is there, else with why it is not: `user-command-cancelled` `{program}` for one who went, and what the source and AWS say. */
  async join(wanted: WantedCode, recipient: Recipient): Promise<AppError | null> {
    const { signal, since } = recipient;
    const gone = appError('user-command-cancelled', { program: wanted.found.program });
    if (signal.aborted) return gone;
    const key = keyOf(wanted);
    if (since !== undefined && (this.#brought.get(key) ?? 0) > since) return null;
    const delivery = this.#open.get(key) ?? this.#begin(key, wanted);
    delivery.recipients.add(recipient);
    recipient.tell(delivery.progress ?? { kind: 'asking' });
    return new Promise((resolve) => {
      const leave = (): void => {
        delivery.recipients.delete(recipient);
        if (delivery.recipients.size === 0) this.#end(key, delivery);
        resolve(gone);
      };
      signal.addEventListener('abort', leave, { once: true });
      void delivery.outcome.then((outcome) => {
        signal.removeEventListener('abort', leave);
        resolve(outcome);
      });
    });
  }

  /** The session has come in another way: nobody needs the code any more. */
  arrived(wanted: WantedCode): void {
    const key = keyOf(wanted);
    const delivery = this.#open.get(key);
    if (delivery === undefined) return;
    this.#settle(key, delivery, null);
  }

  dispose(): void {
    for (const [key, delivery] of this.#open) this.#end(key, delivery);
  }

  #begin(key: string, wanted: WantedCode): Delivery {
    let settle: Delivery['settle'] = () => {};
    const outcome = new Promise<AppError | null>((resolve) => (settle = resolve));
    const delivery: Delivery = { outcome, settle, recipients: new Set(), stop: new AbortController(), progress: null };
    this.#open.set(key, delivery);
    const { serial } = wanted.place;
    const turns = this.#turns.get(serial) ?? new SerialQueue();
    this.#turns.set(serial, turns);
    void turns.run(() => this.#deliver(wanted, delivery)).then((delivered) => this.#settle(key, delivery, delivered));
    return delivery;
  }

  #settle(key: string, delivery: Delivery, outcome: AppError | null): void {
    if (outcome === null) this.#brought.set(key, ++this.#moment);
    delivery.settle(outcome);
    this.#end(key, delivery);
  }

  /** Whoever asks next gets another one, which begins when this one's child has ended. */
  #end(key: string, delivery: Delivery): void {
    if (this.#open.get(key) === delivery) this.#open.delete(key);
    delivery.stop.abort();
  }

  /** Asks for a code and has it sent, and for another one where that had been used. */
  async #deliver({ found, place }: WantedCode, delivery: Delivery): Promise<AppError | null> {
    const { sources, now } = this.#parts;
    const { signal } = delivery.stop;
    const tell = (progress: Progress): void => {
      delivery.progress = progress;
      for (const recipient of delivery.recipients) recipient.tell(progress);
    };
    const cancelled = appError('user-command-cancelled', { program: found.program });
    for (let tries = 1; ; tries += 1) {
      if (signal.aborted) return cancelled;
      const code = await sources.code(found, place, { signal, tell });
      if (!code.ok) return code.error;
      tell({ kind: 'answered' });
      const [anyone, ...others] = delivery.recipients;
      const sender = others.find(({ isPrompt }) => isPrompt) ?? anyone;
      if (sender === undefined) return cancelled;
      const refused = await sender.send(code.value);
      // AWS says the same of a code that another program has used as of a wrong one.
      const isUsed = refused?.code === 'mfa-code-used' || refused?.code === 'mfa-code-wrong';
      if (!isUsed || tries === triesMax) return refused;
      const until = nextCodeAt(now());
      tell({ kind: 'waiting', until });
      const isOver = await sleep(until + slackMs - now(), true, { signal }).catch(() => false);
      if (!isOver) return refused;
    }
  }
}

function keyOf({ found, place, durationSeconds }: WantedCode): string {
  return JSON.stringify([place.serial, place.profile, found.words, found.touch, durationSeconds]);
}
