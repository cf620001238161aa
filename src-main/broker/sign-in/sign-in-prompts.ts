import type { AppError, Result } from '../../contract/app-error.ts';
import type { SignInPrompt, SignInStep } from '../../contract/sign-in.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { isRecent } from '../../core/recent.ts';
import type { BrowserReturn } from '../../core/sign-in/browser-return.ts';
import { heldIdentity, isAnotherIdentity } from '../../core/sign-in/identity-change.ts';
import type { KeptSignIn } from '../../core/sign-in/kept-sign-in.ts';
import type { SignInPlace } from '../../core/sign-in/sign-in-places.ts';
import { WaitingPrograms, type Requester } from '../prompts/waiting-programs.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';
import type { Flows } from './flows.ts';
import { leaves, newAttempt, type Attempt } from './sign-in-attempt.ts';

/** How long a page waits for the person, in milliseconds: as long as a device code of AWS's lasts. */
const browserMs = 10 * 60_000;

/** How long the question about another identity waits, in milliseconds. */
const identityMs = 2 * 60_000;

/** After a sign-in was declined or cancelled, programs' own retries are refused this long, in milliseconds. */
const quietMs = 5_000;

/** A page for any device; `code` is null where the page gives one that is typed here. */
export type OpenElsewhere = { readonly promptId: string; readonly address: string; readonly code: string | null };

type Parts = {
  readonly store: UiStateStore;
  readonly flows: Flows;
  /** Opens an address in the user's browser that no command line may show. */
  readonly openPage: (address: string) => Promise<Result<null>>;
  readonly openReturn: () => Promise<Result<BrowserReturn>>;
  readonly copySecret: (text: string, clearsAt: number, onCleared: () => void) => Promise<void>;
  /** Takes what the sign-in brought; done when it is saved. Fails where it cannot be taken, or is not wanted any more. */
  readonly hold: (kept: KeptSignIn, signal: AbortSignal) => Promise<Result<null>>;
  /** Takes what the sign-in brought when nobody wants it any more. */
  readonly drop: (place: SignInPlace, kept: KeptSignIn) => void;
  /** Brings the window to the front. */
  readonly raise: () => void;
  readonly now: () => number;
};

/**
 * The sign-in that is open in the browser, and those that come after it. One for each place, however many wait for it.
 */
export class SignInPrompts {
  readonly #parts: Parts;
  #open: Attempt | null = null;
  #next: readonly Attempt[] = [];
  readonly #declined = new Map<string, number>();
  /** Those that the window names, by the place that they wait for. */
  readonly #waiting = new WaitingPrograms(
    () => this.#showWaiting(),
    () => undefined,
    () => this.#parts.now(),
  );

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Waits for a person to sign in, and opens the page where it is not open. Fails with `sign-in-closed` `{name}` when it
   * was cancelled, or nobody came, and with what AWS or the page said. With the abort of `signal` a caller waits no more.
   */
  async ask(place: SignInPlace, profile: string | null, caller: { readonly byUser: boolean; readonly signal: AbortSignal }): Promise<Result<null>> {
    if (!caller.byUser && this.#isQuiet(place.signInId)) return failed(appError('sign-in-closed', { name: place.name }));
    const attempt = this.#find(place.signInId) ?? this.#enqueue(place, profile, caller.byUser);
    if (caller.byUser) this.#raiseFor(attempt);
    attempt.waiting += 1;
    const outcome = await Promise.race([attempt.outcome, leaves(place, caller.signal)]);
    attempt.waiting -= 1;
    if (attempt.waiting === 0 && !attempt.isKept && !attempt.isOver) this.#end(attempt, failed(appError('sign-in-closed', { name: place.name })));
    return outcome;
  }

  /** Names a program in the window of the place that it is about to wait for. */
  arrives(signInId: string, requester: Requester): void {
    if (requester.by === 'program') void this.#waiting.wait(signInId, requester);
  }

  /** Nobody waits for the place any more, unless its sign-in is open. */
  served(signInId: string): void {
    if (!this.isOpen(signInId)) this.#waiting.answer(signInId, succeeded(null));
  }

  /** Whether a sign-in for the place waits for a person. */
  isOpen(signInId: string): boolean {
    return this.#find(signInId) !== null;
  }

  /** Opens the page again. */
  openPage(promptId: string): void {
    const attempt = this.#shown(promptId);
    if (attempt?.page !== undefined && attempt.page !== null) void this.#openInBrowser(attempt, attempt.page.address);
  }

  async copyAddress(promptId: string): Promise<void> {
    const { store, copySecret, now } = this.#parts;
    const attempt = this.#shown(promptId);
    if (attempt?.page === undefined || attempt.page === null) return;
    const clearsAt = now() + store.content.settings.clipboardSeconds * 1000;
    await copySecret(attempt.page.address, clearsAt, () => store.clipboardCleared(null));
    store.notify({ kind: 'sign-in-address-copied', profile: null, name: attempt.place.name, clearsAt });
  }

  /** Goes on with a page for any device. */
  goElsewhere(promptId: string): void {
    const attempt = this.#shown(promptId);
    const step = this.#parts.store.content.signInPrompt?.step.kind;
    if (attempt !== null && (step === 'browser' || step === 'preparing')) void this.#run(attempt, (signal) => this.#elsewhere(attempt, signal));
  }

  /**
   * Opens a page for any device, for a person at a command line, and resolves when it is there. Fails with why there is
   * none.
   */
  openElsewhere(place: SignInPlace, profile: string | null): Promise<Result<OpenElsewhere>> {
    const attempt = this.#find(place.signInId) ?? this.#enqueue(place, profile, true);
    this.#raiseFor(attempt);
    const { store } = this.#parts;
    return new Promise((resolve) => {
      const look = (): void => {
        const prompt = store.content.signInPrompt;
        const settle = (outcome: Result<OpenElsewhere>): void => {
          unsubscribe();
          resolve(outcome);
        };
        if (prompt?.promptId !== attempt.promptId) settle(failed(appError('sign-in-closed', { name: place.name })));
        else if (prompt.step.kind === 'failed') settle(failed(prompt.step.error));
        else if (prompt.step.kind === 'elsewhere') settle(succeeded({ promptId: prompt.promptId, address: prompt.step.address, code: prompt.step.code }));
      };
      const unsubscribe = store.subscribe(look);
      void this.#run(attempt, (signal) => this.#elsewhere(attempt, signal));
    });
  }

  /** What the page of another device gave to type here. */
  submitCode(promptId: string, typed: string): void {
    const attempt = this.#shown(promptId);
    const page = attempt?.page ?? null;
    const step = this.#parts.store.content.signInPrompt?.step;
    if (attempt === null || step?.kind !== 'elsewhere' || page === null || !('submit' in page)) return;
    void this.#run(attempt, async (signal) => {
      this.#step(attempt, { kind: 'finishing' });
      const taken = await page.submit(typed, signal);
      if (taken.ok) return taken;
      this.#step(attempt, { ...step, refused: taken.error });
      return null;
    });
  }

  acceptIdentity(promptId: string, accept: boolean): void {
    this.#shown(promptId)?.takeIdentity?.(accept);
  }

  cancel(promptId: string): void {
    const attempt = this.#shown(promptId);
    if (attempt === null) return;
    const { signInId, name } = attempt.place;
    this.#declined.set(signInId, this.#parts.now());
    this.#end(attempt, failed(appError('sign-in-closed', { name })));
  }

  /** Ends what waits for places that are not there any more. */
  placesChanged(isThere: (place: SignInPlace) => boolean): void {
    for (const { place } of [...this.#next, ...(this.#open === null ? [] : [this.#open])]) if (!isThere(place)) this.end(place);
  }

  /** Ends what waits for a place. */
  end({ signInId, name }: Pick<SignInPlace, 'signInId' | 'name'>): void {
    for (const attempt of [...this.#next, ...(this.#open === null ? [] : [this.#open])]) {
      if (attempt.place.signInId === signInId) this.#end(attempt, failed(appError('sign-in-closed', { name })));
    }
  }

  dispose(): void {
    this.#waiting.dispose();
    for (const attempt of this.#next) attempt.settle(failed(appError('app-quitting')));
    this.#next = [];
    if (this.#open !== null) this.#end(this.#open, failed(appError('app-quitting')));
  }

  #showWaiting(): void {
    const { store } = this.#parts;
    const { signInPrompt } = store.content;
    if (signInPrompt !== null) store.change({ signInPrompt: { ...signInPrompt, waiting: this.#waiting.of(signInPrompt.signInId) } });
  }

  #find(signInId: string): Attempt | null {
    return [this.#open, ...this.#next].find((attempt) => attempt?.isOver === false && attempt.place.signInId === signInId) ?? null;
  }

  #shown(promptId: string): Attempt | null {
    return this.#open?.promptId === promptId ? this.#open : null;
  }

  #isQuiet(signInId: string): boolean {
    const at = this.#declined.get(signInId);
    return at !== undefined && isRecent(at, quietMs, this.#parts.now());
  }

  #enqueue(place: SignInPlace, profile: string | null, byUser: boolean): Attempt {
    const attempt = newAttempt(place, profile, byUser);
    this.#next = byUser ? [attempt, ...this.#next] : [...this.#next, attempt];
    this.#openNext();
    return attempt;
  }

  /** A person who asks for it gets it now; what waited for another place comes after it. */
  #raiseFor(attempt: Attempt): void {
    attempt.isKept = true;
    const before = this.#open;
    if (before !== null && before !== attempt) {
      before.stop.abort();
      before.page = null;
      this.#open = null;
      this.#next = [attempt, ...this.#next.filter((one) => one !== attempt), ...(before.waiting > 0 ? [before] : [])];
      if (before.waiting === 0) before.settle(failed(appError('sign-in-closed', { name: before.place.name })));
      this.#parts.store.change({ signInPrompt: null });
      this.#openNext();
    }
    this.#parts.raise();
  }

  #openNext(): void {
    const [attempt, ...rest] = this.#next;
    if (attempt === undefined || this.#open?.isOver === false) return;
    this.#next = rest;
    this.#open = attempt;
    this.#begin(attempt);
    this.#parts.raise();
  }

  #begin(attempt: Attempt): void {
    const { place, promptId, profile } = attempt;
    const { signInId, way, name } = place;
    const prompt: SignInPrompt = { promptId, signInId, way, name, host: null, profile, waiting: this.#waiting.of(signInId), step: { kind: 'preparing' } };
    this.#parts.store.change({ signInPrompt: prompt });
    void this.#run(attempt, (signal) => this.#inBrowser(attempt, signal));
  }

  /** One way to a sign-in; another one that begins ends it. Null: it goes on by what the user does. */
  async #run(attempt: Attempt, way: (signal: AbortSignal) => Promise<Result<KeptSignIn> | null>): Promise<void> {
    attempt.stop.abort();
    attempt.stop = new AbortController();
    const { signal } = attempt.stop;
    const isOver = (): boolean => signal.aborted;
    const outcome = await way(signal);
    if (isOver() && outcome?.ok === true) this.#parts.drop(attempt.place, outcome.value);
    if (isOver() || outcome === null) return;
    if (!outcome.ok) {
      this.#fail(attempt, outcome.error);
      return;
    }
    const accepted = await this.#accepted(attempt, outcome.value, signal);
    if (isOver() || !accepted.ok) this.#parts.drop(attempt.place, outcome.value);
    if (isOver()) return;
    if (!accepted.ok) {
      this.#fail(attempt, accepted.error);
      return;
    }
    this.#step(attempt, { kind: 'finishing' });
    const held = await this.#parts.hold(accepted.value, signal);
    if (!held.ok) this.#parts.drop(attempt.place, accepted.value);
    if (held.ok) this.#end(attempt, held);
    else if (!isOver()) this.#fail(attempt, held.error);
  }

  async #inBrowser(attempt: Attempt, signal: AbortSignal): Promise<Result<KeptSignIn> | null> {
    const { flows, openReturn, now } = this.#parts;
    const { place } = attempt;
    const opened = await openReturn();
    if (!opened.ok) return opened;
    const back = opened.value;
    signal.addEventListener('abort', back.close, { once: true });
    const isOver = (): boolean => signal.aborted;
    try {
      if (isOver()) return null;
      const prepared = await flows.of(place).prepare(place, back.redirectUri, signal);
      if (!prepared.ok || isOver()) return prepared.ok ? null : prepared;
      const page = prepared.value;
      attempt.page = page;
      const answerBy = now() + browserMs;
      const timer = setTimeout(back.close, browserMs);
      const answer = back.answerTo(page.state);
      this.#show(attempt, { host: new URL(page.address).host, step: { kind: 'browser', notOpened: null, answerBy } });
      void this.#openInBrowser(attempt, page.address);
      const query = await answer;
      clearTimeout(timer);
      if (query === null) flows.of(place).abandoned(place);
      if (isOver()) return null;
      if (query === null) return failed(appError('sign-in-closed', { name: place.name }));
      attempt.page = null;
      // The person has signed in, which is not lost with a program that gives up now.
      attempt.isKept = true;
      this.#step(attempt, { kind: 'finishing' });
      return await page.finish(query, signal);
    } finally {
      back.close();
    }
  }

  async #elsewhere(attempt: Attempt, signal: AbortSignal): Promise<Result<KeptSignIn> | null> {
    const { place } = attempt;
    attempt.page = null;
    this.#step(attempt, { kind: 'preparing' });
    const prepared = await this.#parts.flows.of(place).prepareElsewhere(place, signal);
    if (!prepared.ok || signal.aborted) return prepared.ok ? null : prepared;
    const page = prepared.value;
    attempt.page = page;
    const { address, answerBy, code } = page;
    this.#show(attempt, { host: new URL(address).host, step: { kind: 'elsewhere', address, code, answerBy, refused: null } });
    return page.code === null ? null : page.wait(signal);
  }

  async #openInBrowser(attempt: Attempt, address: string): Promise<void> {
    const opened = await this.#parts.openPage(address);
    const step = this.#parts.store.content.signInPrompt?.step;
    if (this.#open === attempt && step?.kind === 'browser') this.#step(attempt, { ...step, notOpened: opened.ok ? null : opened.error });
  }

  /** Somebody else than before takes the place only where a person wants that. */
  async #accepted(attempt: Attempt, kept: KeptSignIn, signal: AbortSignal): Promise<Result<KeptSignIn>> {
    const { place } = attempt;
    const change = isAnotherIdentity(place, heldIdentity(this.#parts.store.content.signIns, place), kept.identity);
    if (change === null) return succeeded(kept);
    const answerBy = this.#parts.now() + identityMs;
    this.#step(attempt, { kind: 'another-identity', ...change, answerBy });
    this.#parts.raise();
    const accepts = await new Promise<boolean>((resolve) => {
      attempt.takeIdentity = resolve;
      const timer = setTimeout(() => resolve(false), identityMs);
      signal.addEventListener('abort', () => resolve(false), { once: true });
      timer.unref();
    });
    attempt.takeIdentity = null;
    return accepts ? succeeded(kept) : failed(appError('sign-in-identity-refused', { name: place.name, now: change.now.name, before: change.before.name }));
  }

  /** Says why it did not work, to those who wait, too; the window stays for another try. */
  #fail(attempt: Attempt, error: AppError): void {
    this.#declined.set(attempt.place.signInId, this.#parts.now());
    attempt.page = null;
    attempt.isOver = true;
    this.#step(attempt, { kind: 'failed', error });
    this.#parts.raise();
    attempt.settle(failed(error));
  }

  #end(attempt: Attempt, outcome: Result<null>): void {
    attempt.stop.abort();
    attempt.page = null;
    attempt.settle(outcome);
    this.#next = this.#next.filter((one) => one !== attempt);
    if (this.#open !== attempt) return;
    this.#open = null;
    this.#parts.store.change({ signInPrompt: null });
    // Not in the same state: the window closes first, or it would turn into another one under the user's hands.
    queueMicrotask(() => this.#openNext());
  }

  #step(attempt: Attempt, step: SignInStep): void {
    this.#show(attempt, { step });
  }

  #show({ promptId }: Attempt, change: Partial<SignInPrompt>): void {
    const { store } = this.#parts;
    const { signInPrompt } = store.content;
    if (signInPrompt?.promptId === promptId) store.change({ signInPrompt: { ...signInPrompt, ...change } });
  }
}
