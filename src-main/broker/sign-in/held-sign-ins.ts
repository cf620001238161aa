import { setTimeout as pause } from 'node:timers/promises';
import type { AppError, Result } from '../../contract/app-error.ts';
import type { SignIn, SignInState } from '../../contract/sign-in.ts';
import { Emitter } from '../../core/emitter.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { isRecent } from '../../core/recent.ts';
import type { KeptSignIn } from '../../core/sign-in/kept-sign-in.ts';
import { type HeldSignIn, hasRunOut, isRested, overFrom, quietRenewalDue, renewalDue, shownState } from '../../core/sign-in/sign-in-life.ts';
import type { SignInPlace } from '../../core/sign-in/sign-in-places.ts';
import type { SignInVault } from '../../vault/sign-in-vault.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';
import type { Flows } from './flows.ts';
import type { UsedPlaces } from './used-places.ts';

/** After a renewal failed that may work later, it is tried again no sooner than this, in milliseconds. */
const againMs = 60_000;

/** How long a caller waits for fresh tokens where those that are held will do, in milliseconds. */
const meanwhileMs = 3_000;

/** How long the end of the app waits for a renewal, in milliseconds. */
const quitMs = 3_000;

type Parts = {
  readonly store: UiStateStore;
  readonly vault: SignInVault;
  readonly flows: Flows;
  readonly places: UsedPlaces;
  readonly now: () => number;
};

/** Who is signed in where: the tokens in the vault, all else in the state. Renews them before they end. */
export class HeldSignIns {
  readonly #parts: Parts;
  /** Why a sign-in is over that nobody has taken up again. */
  readonly #ended = new Map<string, Extract<SignInState, { kind: 'ended' }>>();
  readonly #renewals = new Map<string, Promise<Result<HeldSignIn>>>();
  readonly #failedAt = new Map<string, number>();
  readonly #stop = new AbortController();
  readonly #renewed = new Emitter<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Fresh tokens came for the place with this ID, for the first time in a minute. Returns the way to stop listening. */
  onRenewed(listener: (signInId: string) => void): () => void {
    return this.#renewed.on(listener);
  }

  /** Reads what an earlier start kept. */
  async restore(): Promise<void> {
    await this.#parts.vault.restore();
    this.show();
  }

  /** Whether tokens are held that may still be of use. */
  isHeld(signInId: string): boolean {
    return this.#parts.vault.keptOf(signInId) !== null;
  }

  /** Who is signed in, and how long. */
  keptOf(signInId: string): Pick<KeptSignIn, 'endsAt' | 'identity' | 'signedInAt'> | null {
    return this.#parts.vault.keptOf(signInId);
  }

  /** Saved before anybody uses it: a crash in between would lose it, and with it perhaps the token from before. */
  async hold(kept: KeptSignIn): Promise<HeldSignIn> {
    const { vault, now } = this.#parts;
    const { signInId } = kept;
    const [held, before] = [{ ...kept, freshSince: now() }, vault.keptOf(signInId)];
    this.#ended.delete(signInId);
    this.#failedAt.delete(signInId);
    await vault.keep(held);
    this.show();
    // Whoever hears of it asks for tokens: with a life that is over by then, that would be the next renewal, and so on.
    if (before?.signedInAt !== held.signedInAt || isRested(before, held.freshSince)) this.#renewed.emit(signInId);
    return held;
  }

  /** Forgets the tokens, which are not there any more when this returns, and tells AWS. */
  async signOut(place: SignInPlace): Promise<Result<null>> {
    const kept = this.#parts.vault.keptOf(place.signInId);
    if (kept === null) return succeeded(null);
    await this.#forget(place.signInId);
    return this.#parts.flows.of(place).end(place, kept);
  }

  /** What AWS gave for somebody who does not want it any more: it ends there too, unless it is somebody's sign-in by now. */
  drop(place: SignInPlace, kept: KeptSignIn): void {
    if (!this.isHeld(place.signInId) && !this.#stop.signal.aborted) void this.#parts.flows.of(place).end(place, kept);
  }

  /** AWS takes none of the tokens, fresh ones either: the sign-in is over. Returns why. */
  async refused(place: SignInPlace, kept: HeldSignIn): Promise<AppError> {
    const error = appError('portal-token-refused', { name: place.name, region: place.region });
    if (this.#parts.vault.keptOf(place.signInId) === kept) await this.#end(place.signInId, error);
    return error;
  }

  /**
   * Tokens that last for a while yet. `refused`: AWS does not take this one any more, whatever its end. Fails with
   * `sign-in-none` `{name}` where somebody has to sign in, else with why there are no fresh ones.
   */
  async fresh(place: SignInPlace, refused: HeldSignIn | null = null): Promise<Result<HeldSignIn>> {
    const { vault, now } = this.#parts;
    const kept = vault.keptOf(place.signInId);
    if (kept === null) return failed(appError('sign-in-none', { name: place.name }));
    const isRefused = kept === refused;
    if (!isRefused && now() < renewalDue(kept)) return succeeded(kept);
    // Another caller's failure a moment ago is this one's too, but what is held is used to its end.
    const lasts = !isRefused && kept.freshUntil > now();
    if (lasts && this.#triesAgainAt(place.signInId) > now()) return succeeded(kept);
    const renewal = this.#renew(place, kept, isRefused);
    const renewed = lasts ? await orHeld(renewal, kept) : await renewal;
    return renewed.ok || !lasts || vault.keptOf(place.signInId) !== kept ? renewed : succeeded(kept);
  }

  /** Looks at the wall clock now: by timer, and when the machine wakes up. */
  tick(): void {
    const { vault, places, now } = this.#parts;
    this.#forgetGone();
    for (const { place } of places.all()) {
      const kept = vault.keptOf(place.signInId);
      if (kept !== null && now() >= this.#dueOf(kept)) void this.fresh(place);
    }
    this.#schedule();
  }

  /**
   * Renders the state of all places anew. What is signed in stays in the vault where a place goes, until it is over: the
   * place may come back.
   */
  show(): void {
    const { store, vault, places, now } = this.#parts;
    this.#forgetGone();
    const signIns = places.all().map(({ place, profiles }): SignIn => {
      const { signInId, way, name, region } = place;
      const state = shownState(vault.keptOf(signInId), this.#ended.get(signInId) ?? null, now());
      return { signInId, way, name, region, startUrl: place.way === 'identity-center' ? place.startUrl : null, profiles, state };
    });
    if (JSON.stringify(signIns) !== JSON.stringify(store.content.signIns)) store.change({ signIns });
    this.#schedule();
  }

  /** Waits for renewals that are under way, if not for long: the token that they were asked with may be used up. */
  async dispose(): Promise<void> {
    clearTimeout(this.#timer);
    this.#stop.abort();
    if (this.#renewals.size === 0) return;
    await Promise.race([Promise.allSettled(this.#renewals.values()), pause(quitMs, undefined, { ref: false })]);
  }

  /** One renewal for all who need it at once: a refresh token may be good for one time only. */
  #renew(place: SignInPlace, kept: HeldSignIn, isRefused: boolean): Promise<Result<HeldSignIn>> {
    const { signInId } = place;
    const flight = this.#renewals.get(signInId) ?? this.#askAnew(place, kept, isRefused).finally(() => this.#renewals.delete(signInId));
    this.#renewals.set(signInId, flight);
    return flight;
  }

  async #askAnew(place: SignInPlace, kept: HeldSignIn, isRefused: boolean): Promise<Result<HeldSignIn>> {
    const { flows, vault, now } = this.#parts;
    const { signInId } = place;
    const renewed = await flows.of(place).renew(place, kept, this.#stop.signal);
    // Somebody signed out, or in anew, meanwhile.
    if (vault.keptOf(signInId) !== kept) {
      if (renewed.ok) this.drop(place, renewed.value);
      return this.#current(place);
    }
    if (renewed.ok) return succeeded(await this.hold(renewed.value));
    this.#failedAt.set(signInId, now());
    const isOver = 'isOver' in renewed && renewed.isOver;
    // What cannot be renewed is used to its end all the same.
    if (isOver && (isRefused || kept.freshUntil <= now())) await this.#end(signInId, renewed.error);
    this.#schedule();
    return failed(renewed.error);
  }

  #current(place: SignInPlace): Result<HeldSignIn> {
    const kept = this.#parts.vault.keptOf(place.signInId);
    return kept === null ? failed(appError('sign-in-none', { name: place.name })) : succeeded(kept);
  }

  async #end(signInId: string, error: AppError): Promise<void> {
    this.#ended.set(signInId, { kind: 'ended', at: this.#parts.now(), error });
    await this.#forget(signInId);
  }

  async #forget(signInId: string): Promise<void> {
    const written = this.#parts.vault.forget(signInId);
    this.#failedAt.delete(signInId);
    this.show();
    await written;
  }

  /** What no AWS file names any more, and no renewal would end therefore, is not kept once it is over; nor are registrations that have run out. */
  #forgetGone(): void {
    const { vault, now } = this.#parts;
    const at = now();
    void vault.forgetOver({
      signIn: (kept) => this.#isGone(kept) && hasRunOut(kept, at),
      registration: ({ expiresAt }) => expiresAt <= at,
    });
  }

  #isGone({ signInId }: HeldSignIn): boolean {
    return this.#parts.places.placeOf(signInId) === null;
  }

  /** When there is something to do for it, while nobody asks. */
  #dueOf(kept: HeldSignIn): number {
    return Math.max(quietRenewalDue(kept, this.#parts.now()), this.#triesAgainAt(kept.signInId));
  }

  /** After a failure a moment ago. */
  #triesAgainAt(signInId: string): number {
    const failedAt = this.#failedAt.get(signInId);
    return failedAt !== undefined && isRecent(failedAt, againMs, this.#parts.now()) ? failedAt + againMs : 0;
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    const { vault, places, now } = this.#parts;
    const dues = places
      .all()
      .flatMap(({ place }) => vault.keptOf(place.signInId) ?? [])
      .map((kept) => this.#dueOf(kept));
    const ends = vault.all().flatMap((kept) => (this.#isGone(kept) ? (overFrom(kept) ?? []) : []));
    const next = Math.min(...dues, ...ends);
    if (next === Infinity || this.#stop.signal.aborted) return;
    // Not at once, should AWS give tokens that are over already; and by the wall clock, which may be set meanwhile.
    const wait = Math.min(Math.max(next - now(), 1_000), 3_600_000);
    this.#timer = setTimeout(() => this.tick(), wait);
    this.#timer.unref();
  }
}

/** What is held, where AWS takes its time. */
function orHeld(renewal: Promise<Result<HeldSignIn>>, kept: HeldSignIn): Promise<Result<HeldSignIn>> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(succeeded(kept)), meanwhileMs);
    renewal.finally(() => clearTimeout(timer)).then(resolve, reject);
  });
}
