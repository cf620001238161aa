import { setTimeout as pause } from 'node:timers/promises';
import type { AppError, Result } from '../../contract/app-error.ts';
import { logout } from '../../aws/sign-in/access-portal.ts';
import {
  authorizeAddress,
  createToken,
  deviceGrant,
  registerClient,
  startDeviceAuthorization,
  startUrlRefused,
  type DeviceAuthorization,
  type Grant,
  type OidcRefusal,
  type OidcTokens,
} from '../../aws/sign-in/identity-center.ts';
import type { WayToPlace } from '../../aws/sign-in/place-options.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import type { ClientRegistration, IdentityCenterTokens, KeptSignIn } from '../../core/sign-in/kept-sign-in.ts';
import type { IdentityCenterPlace } from '../../core/sign-in/sign-in-places.ts';
import type { SignInVault } from '../../vault/sign-in-vault.ts';
import { pageSaid } from '../../core/sign-in/page-answer.ts';
import { newPkce, newState } from './pkce.ts';
import type { BrowserPage, ElsewherePage, Renewed, SignInFlow } from './sign-in-flow.ts';

type Kept = KeptSignIn<IdentityCenterTokens>;

/** A registration that ends sooner than this is not begun with, in milliseconds: it has to last as long as the sign-in. */
const registrationLeftMs = 24 * 3_600_000;

/** How much longer AWS wants to be left alone where it says that it is asked too often (RFC 8628, section 3.5). */
const slowDownSeconds = 5;

type Parts = {
  readonly vault: Pick<SignInVault, 'registrationOf' | 'keepRegistration' | 'forgetRegistration'>;
  readonly wayTo: (place: IdentityCenterPlace) => WayToPlace;
  readonly now: () => number;
};

/** Signing in to an access portal: a code by the browser, or a device code. */
export class IdentityCenterFlow implements SignInFlow<IdentityCenterPlace, IdentityCenterTokens> {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async prepare(place: IdentityCenterPlace, redirectUri: string): Promise<Result<BrowserPage<IdentityCenterTokens>>> {
    const registered = await this.#registration(place);
    if (!registered.ok) return registered;
    const registration = registered.value;
    const [{ verifier, challenge }, state] = [newPkce(), newState()];
    const address = await authorizeAddress(place, this.#parts.wayTo(place), { clientId: registration.clientId, redirectUri, state, challenge });
    if (!address.ok) return address;
    return succeeded({
      address: address.value,
      state,
      finish: async (answer) => {
        const code = answer.get('code');
        if (code === null || code === '') return failed(pageSaid(place, answer));
        return this.#taken(place, registration, { grantType: 'authorization_code', code, codeVerifier: verifier, redirectUri });
      },
    });
  }

  async prepareElsewhere(place: IdentityCenterPlace): Promise<Result<ElsewherePage<IdentityCenterTokens>>> {
    const started = await this.#startDevice(place);
    if (!started.ok) return started;
    const { registration, device } = started.value;
    return succeeded({
      address: device.address,
      code: device.userCode,
      answerBy: this.#parts.now() + device.expiresInSeconds * 1000,
      wait: (signal) => this.#waitForDevice(place, registration, device, signal),
    });
  }

  async renew(place: IdentityCenterPlace, kept: Kept): Promise<Renewed<IdentityCenterTokens>> {
    const { refreshToken, registration } = kept.tokens;
    const over = { ...failed(appError('sign-in-ended', { name: place.name })), isOver: true };
    if (refreshToken === null) return over;
    if (registration.expiresAt <= this.#parts.now()) return { ...failed(appError('portal-registration-over', { name: place.name })), isOver: true };
    const answer = await createToken(place, this.#parts.wayTo(place), registration, { grantType: 'refresh_token', refreshToken });
    if (!answer.ok) return { ...answer, isOver: false };
    if (answer.value.kind === 'tokens') {
      const { tokens } = answer.value;
      // A token that comes with the answer takes the place of the one before.
      return succeeded(this.#kept(place, registration, { ...tokens, refreshToken: tokens.refreshToken ?? refreshToken }, kept.signedInAt));
    }
    if (answer.value.reason === 'client-unknown') {
      await this.#parts.vault.forgetRegistration(registrationKey(place));
      return { ...failed(appError('portal-registration-over', { name: place.name })), isOver: true };
    }
    return over;
  }

  end(place: IdentityCenterPlace, { tokens }: Kept): Promise<Result<null>> {
    return logout(place, this.#parts.wayTo(place), tokens.accessToken);
  }

  /** The page may have been one that says that AWS does not know the app any more. */
  abandoned(place: IdentityCenterPlace): void {
    void this.#parts.vault.forgetRegistration(registrationKey(place));
  }

  /** The one from before, while it lasts: AWS counts them. */
  async #registration(place: IdentityCenterPlace, isAnew = false): Promise<Result<ClientRegistration>> {
    const { vault, wayTo, now } = this.#parts;
    const before = isAnew ? null : vault.registrationOf(registrationKey(place));
    if (before !== null && before.expiresAt - now() > registrationLeftMs) return succeeded(before);
    const registered = await registerClient(place, wayTo(place));
    if (registered.ok) void vault.keepRegistration(registrationKey(place), registered.value);
    return registered;
  }

  async #startDevice(
    place: IdentityCenterPlace,
    isAnew = false,
  ): Promise<Result<{ readonly registration: ClientRegistration; readonly device: DeviceAuthorization }>> {
    const registered = await this.#registration(place, isAnew);
    if (!registered.ok) return registered;
    const started = await startDeviceAuthorization(place, this.#parts.wayTo(place), registered.value);
    if (!started.ok) return started;
    if (started.value !== null) return succeeded({ registration: registered.value, device: started.value });
    // A registration that was made a moment ago has not run out.
    return isAnew ? failed(startUrlRefused(place)) : this.#startDevice(place, true);
  }

  async #waitForDevice(place: IdentityCenterPlace, registration: ClientRegistration, device: DeviceAuthorization, signal: AbortSignal): Promise<Result<Kept>> {
    let seconds = device.intervalSeconds;
    for (;;) {
      await pause(seconds * 1000, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return failed(appError('sign-in-closed', { name: place.name }));
      const answer = await createToken(place, this.#parts.wayTo(place), registration, { grantType: deviceGrant, deviceCode: device.deviceCode });
      // Who waits for a person does not give up for a lost answer.
      if (!answer.ok && !['network-unreachable', 'service-failed', 'throttled'].includes(answer.error.code)) return answer;
      if (!answer.ok) continue;
      if (answer.value.kind === 'tokens') return succeeded(this.#kept(place, registration, answer.value.tokens));
      if (answer.value.reason === 'slow-down') seconds += slowDownSeconds;
      else if (answer.value.reason !== 'pending') return failed(refused(place, answer.value.reason));
    }
  }

  async #taken(place: IdentityCenterPlace, registration: ClientRegistration, grant: Grant): Promise<Result<Kept>> {
    const answer = await createToken(place, this.#parts.wayTo(place), registration, grant);
    if (!answer.ok) return answer;
    if (answer.value.kind === 'tokens') return succeeded(this.#kept(place, registration, answer.value.tokens));
    if (answer.value.reason === 'client-unknown') await this.#parts.vault.forgetRegistration(registrationKey(place));
    return failed(refused(place, answer.value.reason));
  }

  #kept(place: IdentityCenterPlace, registration: ClientRegistration, tokens: OidcTokens, signedInAt: number = this.#parts.now()): Kept {
    const { accessToken, refreshToken, expiresInSeconds } = tokens;
    const freshUntil = this.#parts.now() + expiresInSeconds * 1000;
    return {
      signInId: place.signInId,
      signedInAt,
      freshUntil,
      // AWS does not say how long a session in the portal lasts, only when a token without another one ends.
      endsAt: refreshToken === null ? freshUntil : null,
      identity: null,
      tokens: { way: 'identity-center', accessToken, refreshToken, registration },
    };
  }
}

/** A registration is for the scopes that it was made with. */
function registrationKey({ signInId, scopes }: IdentityCenterPlace): string {
  return `${signInId} ${scopes.join(' ')}`;
}

function refused({ name }: IdentityCenterPlace, reason: OidcRefusal): AppError {
  switch (reason) {
    case 'declined':
      return appError('sign-in-declined', { name });
    case 'expired':
      return appError('sign-in-expired', { name });
    case 'client-unknown':
      return appError('portal-registration-over', { name });
    default:
      return appError('sign-in-refused', { name, reason });
  }
}
