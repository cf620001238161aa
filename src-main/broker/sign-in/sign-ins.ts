import type { Result } from '../../contract/app-error.ts';
import type { CommandRequest } from '../../contract/ipc.ts';
import type { SignIn, SignInWay } from '../../contract/sign-in.ts';
import type { Profile } from '../../contract/ui-state.ts';
import type { TokenRefused } from '../../aws/sign-in/access-portal.ts';
import type { WayToPlace } from '../../aws/sign-in/place-options.ts';
import type { SessionCredentials } from '../../core/credentials.ts';
import { Emitter } from '../../core/emitter.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { late } from '../../core/calls/late.ts';
import type { ForeignSource } from '../../core/profiles/foreign-source.ts';
import type { HeldSignIn } from '../../core/sign-in/sign-in-life.ts';
import type { IdentityCenterPlace, SignInPlace } from '../../core/sign-in/sign-in-places.ts';
import type { Requester } from '../prompts/waiting-programs.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';
import type { HeldSignIns } from './held-sign-ins.ts';
import type { NewSignIns } from './new-sign-ins.ts';
import type { OpenElsewhere, SignInPrompts } from './sign-in-prompts.ts';
import type { UsedPlaces } from './used-places.ts';

const roleCredentials = late(async () => (await import('../../aws/sign-in/access-portal.ts')).roleCredentials);

type Parts = {
  readonly store: UiStateStore;
  readonly held: HeldSignIns;
  readonly prompts: SignInPrompts;
  readonly places: UsedPlaces;
  readonly newSignIns: Pick<NewSignIns, 'add'>;
  readonly wayTo: (place: SignInPlace) => WayToPlace;
};

/** A caller of a source, as far as a sign-in is concerned. */
type Caller = { /** Null where the sign-in itself is wanted. */ readonly profile: string | null; readonly byUser: boolean; readonly signal: AbortSignal };

/** Signs people in with the browser, and has credentials for the profiles that depend on that. */
export class SignIns {
  readonly #parts: Parts;
  readonly #signedOut = new Emitter<readonly string[]>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Takes over what the AWS files say. */
  configLoaded(...config: Parameters<UsedPlaces['configLoaded']>): void {
    const { held, prompts, places } = this.#parts;
    places.configLoaded(...config);
    held.show();
    prompts.placesChanged(({ signInId }) => places.placeOf(signInId) !== null);
  }

  /** The sessions that a place gave have ended with it. Returns the way to stop listening. */
  onSignedOut(listener: (profiles: readonly string[]) => void): () => void {
    return this.#signedOut.on(listener);
  }

  /** Names a program in the window of the sign-in that it is about to wait for. */
  arrives({ signInId }: SignInPlace, requester: Requester): void {
    const { held, prompts } = this.#parts;
    if (!held.isHeld(signInId)) prompts.arrives(signInId, requester);
  }

  /** Whether a program that waits for the place waits for a person. */
  isWaitingFor({ signInId }: SignInPlace): boolean {
    return this.#parts.prompts.isOpen(signInId);
  }

  /** Until when what the place gives is renewed by itself; null where that is not known. */
  endOf({ signInId }: SignInPlace): number | null {
    return this.#parts.held.keptOf(signInId)?.endsAt ?? null;
  }

  /** The credentials of a permission set. Fails with what the sign-in, or the portal, said. */
  roleCredentials(source: Extract<ForeignSource, { kind: 'identity-center' }>, caller: Caller): Promise<Result<SessionCredentials>> {
    return this.atPortal(source.place, caller, (way, accessToken) => roleCredentials(source.place, way, accessToken, source));
  }

  /** Asks an access portal something, for somebody who is signed in there by then. */
  atPortal<T>(
    place: IdentityCenterPlace,
    caller: Caller,
    ask: (way: WayToPlace, accessToken: string) => Promise<Result<T | TokenRefused>>,
  ): Promise<Result<T>> {
    return this.#withTokens(place, caller, async ({ tokens }) => {
      if (tokens.way !== 'identity-center') return null;
      const given = await ask(this.#parts.wayTo(place), tokens.accessToken);
      return given.ok && given.value === 'token-refused' ? null : (given as Result<T>);
    });
  }

  /** The credentials of an AWS sign-in, which are its tokens too. */
  loginCredentials({ place }: Extract<ForeignSource, { kind: 'aws-login' }>, caller: Caller): Promise<Result<SessionCredentials>> {
    return this.#withTokens(place, caller, async ({ tokens }) => (tokens.way === 'aws-login' ? succeeded(tokens.credentials) : null));
  }

  /** Opens a sign-in for a person. */
  async open(signInId: string): Promise<void> {
    const place = this.#parts.places.placeOf(signInId);
    if (place === null) return;
    const { prompts, store } = this.#parts;
    const asked = await prompts.ask(place, null, { byUser: true, signal: new AbortController().signal });
    if (asked.ok) store.notify({ kind: 'signed-in', profile: null, name: place.name });
  }

  /** Opens a sign-in that has no entry in the AWS files yet, and makes that. */
  async add(request: CommandRequest<'addSignIn'>): Promise<void> {
    const signInId = await this.#parts.newSignIns.add(request);
    if (signInId !== null) await this.open(signInId);
  }

  openPage(promptId: string): void {
    this.#parts.prompts.openPage(promptId);
  }

  copyAddress(promptId: string): Promise<void> {
    return this.#parts.prompts.copyAddress(promptId);
  }

  goElsewhere(promptId: string): void {
    this.#parts.prompts.goElsewhere(promptId);
  }

  submitCode(promptId: string, code: string): void {
    this.#parts.prompts.submitCode(promptId, code);
  }

  acceptIdentity(promptId: string, accept: boolean): void {
    this.#parts.prompts.acceptIdentity(promptId, accept);
  }

  cancel(promptId: string): void {
    this.#parts.prompts.cancel(promptId);
  }

  /**
   * Ends a sign-in, one that waits for a person too, and the sessions that it gave; the tokens are forgotten even where
   * AWS cannot be told.
   */
  async signOut(signInId: string): Promise<Result<null>> {
    const { held, prompts, places, store } = this.#parts;
    const place = places.placeOf(signInId);
    if (place === null) return succeeded(null);
    prompts.end(place);
    const telling = held.signOut(place);
    // AWS may take its time, in which nobody is to get what the place gave.
    this.#signedOut.emit(places.profilesOf(signInId));
    const told = await telling;
    if (told.ok) store.notify({ kind: 'signed-out', profile: null, name: place.name });
    else store.notify({ kind: 'failed', profile: null, error: told.error });
    return told;
  }

  /** The sessions of a profile were revoked: an AWS sign-in, which gave them itself, is over with them. */
  revoked(profile: string): void {
    const place = this.#parts.places.placeOfProfile(profile);
    if (place?.way === 'aws-login') void this.#parts.held.signOut(place);
  }

  /**
   * The place that a person means, of one way or of any: by its name, or by that of a profile that depends on it; without
   * a name, the only one.
   * Fails with `sign-in-unknown` `{name, names}` or `sign-in-which` `{names}`.
   */
  meant(name: string | undefined, way: SignInWay | null = null): Result<SignIn> {
    const signIns = this.#parts.store.content.signIns.filter((one) => way === null || one.way === way);
    const names = signIns.map((one) => one.name).join(', ');
    const found = name === undefined ? signIns : signIns.filter((one) => one.name === name);
    const [only, ...more] = found.length > 0 || name === undefined ? found : signIns.filter(({ profiles }) => profiles.includes(name));
    if (only === undefined) return failed(name === undefined ? appError('sign-in-nowhere') : appError('sign-in-unknown', { name, names }));
    return more.length === 0 ? succeeded(only) : failed(appError('sign-in-which', { names }));
  }

  /** Where somebody signs in for a profile, or for the one at the end of its chain of roles; null for one that depends on no sign-in. */
  placeOf({ name, role }: Profile): SignInPlace | null {
    return this.#parts.places.placeOfProfile(role?.userProfile ?? name);
  }

  /** Opens a page for any device, for the profile that is asked for; null where somebody is signed in. */
  async openElsewhere(place: SignInPlace, profile: string): Promise<Result<OpenElsewhere | null>> {
    const { held, prompts } = this.#parts;
    if ((await held.fresh(place)).ok) return succeeded(null);
    return prompts.openElsewhere(place, profile);
  }

  async dispose(): Promise<void> {
    this.#parts.prompts.dispose();
    await this.#parts.held.dispose();
  }

  /**
   * What `use` gets with the tokens of a place. A person signs in first where nobody is signed in. Tokens that AWS
   * refuses (`use` says so with null) are renewed once.
   */
  async #withTokens<T>(place: SignInPlace, caller: Caller, use: (held: HeldSignIn) => Promise<Result<T> | null>): Promise<Result<T>> {
    const { held } = this.#parts;
    let tokens = await this.#tokens(place, caller);
    if (!tokens.ok) return tokens;
    const first = await use(tokens.value);
    if (first !== null) return first;
    const renewed = await held.fresh(place, tokens.value);
    tokens = renewed.ok || held.isHeld(place.signInId) ? renewed : await this.#tokens(place, caller);
    if (!tokens.ok) return tokens;
    // Whoever asks next signs in anew: no token of this sign-in is taken.
    return (await use(tokens.value)) ?? failed(await held.refused(place, tokens.value));
  }

  async #tokens(place: SignInPlace, caller: Caller): Promise<Result<HeldSignIn>> {
    const { held, prompts } = this.#parts;
    const fresh = await held.fresh(place);
    // Where somebody is signed in, a failure passes by itself.
    if (fresh.ok || held.isHeld(place.signInId)) return fresh;
    const asked = await prompts.ask(place, caller.profile, caller);
    prompts.served(place.signInId);
    return asked.ok ? held.fresh(place) : asked;
  }
}
