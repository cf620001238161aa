import type { AppError, Result } from '../../contract/app-error.ts';
import type { Identity, Profile } from '../../contract/ui-state.ts';
import type { AwsCalls } from '../../aws/requests/calls.ts';
import type { AwsFiles } from '../../aws/files/environment.ts';
import { readTemporaryKey, type GivenCredentials } from '../../aws/files/temporary-key.ts';
import { readWebIdentityToken } from '../../aws/files/web-identity-token.ts';
import { roleSessionNameFor } from '../../core/sessions/role-session-name.ts';
import type { SessionCredentials } from '../../core/credentials.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import type { ForeignSource } from '../../core/profiles/foreign-source.ts';
import { isRevokedKey } from '../../core/revocation/revoked-sessions.ts';
import { subjectOf } from '../../core/foreign/web-identity-token.ts';
import type { Requester } from '../prompts/waiting-programs.ts';
import type { SignedInIdentities } from '../sign-in/identities/signed-in-identities.ts';
import type { SignIns } from '../sign-in/sign-ins.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';
import type { AccountChanges } from './account-changes.ts';
import { type AskedByCommand, Flights } from './flights.ts';

/** What a foreign source gave, and whose it is. */
export type ForeignSession = {
  readonly profile: string;
  readonly credentials: SessionCredentials;
  readonly caller: Omit<Identity, 'accountAlias'>;
  readonly issuedAt: number;
  readonly endUnknown?: true;
  /** As in `HeldSession`. */
  readonly renewedUntil?: number;
};

/** How long credentials are taken to last of which nobody says how long they do, in milliseconds: as short as AWS makes any. */
const unknownMs = 15 * 60_000;

/** Runs the command of a profile. `onStart` gets the process that was started. */
export type RunForeignCommand = (
  profile: string,
  line: string,
  run: { readonly signal: AbortSignal; readonly onStart: (pid: number) => void },
) => Promise<Result<GivenCredentials>>;

type Parts = {
  readonly aws: Pick<AwsCalls, 'callerOfSession' | 'webIdentitySession' | 'machineSession'>;
  readonly files: AwsFiles;
  readonly changes: Pick<AccountChanges, 'allow'>;
  readonly store: Pick<UiStateStore, 'content'>;
  readonly runCommand: RunForeignCommand;
  readonly signIns: Pick<SignIns, 'arrives' | 'isWaitingFor' | 'endOf' | 'roleCredentials' | 'loginCredentials'>;
  readonly identities: Pick<SignedInIdentities, 'allow' | 'unanswered'>;
  readonly descendsFrom: AskedByCommand;
  readonly now: () => number;
};

/**
 * Gets temporary credentials where the AWS files say that others keep them: a key in the files, a web identity
 * token, the machine's role, another program. One flight for each profile, however many callers ask at once. Who
 * they belong to is asked of AWS before anybody gets them.
 */
export class ForeignSessions {
  readonly #parts: Parts;
  readonly #flights: Flights<ForeignSession>;
  #sources: ReadonlyMap<string, ForeignSource> = new Map();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#flights = new Flights(parts.descendsFrom);
  }

  /** Takes over what the AWS files say. */
  configLoaded(sources: ReadonlyMap<string, ForeignSource>): void {
    for (const name of this.#sources.keys()) {
      // An answer on its way belongs to what the files said before.
      if (JSON.stringify(this.#sources.get(name)) !== JSON.stringify(sources.get(name))) this.#flights.forget(name);
    }
    this.#sources = sources;
  }

  /**
   * Fails with what the source, or AWS, said; with `foreign-loop` where the command of the profile waits for the answer
   * itself; with `foreign-slow` `{profile, seconds}` when the caller's time is over, while the source goes on.
   */
  async obtain(profile: Profile, requester: Requester): Promise<Result<ForeignSession>> {
    const source = this.#sources.get(profile.name);
    if (source === undefined) return failed(appError('profile-changed', { profile: profile.name }));
    if ('place' in source) this.#parts.signIns.arrives(source.place, requester);
    const given = await this.#flights.join(profile.name, requester, (flight) => this.#ask(profile, source, requester, flight));
    return !given.ok && given.error.code === 'foreign-slow' ? failed(this.#slow(source, given.error)) : given;
  }

  /** What the profiles' sign-in would still bring is for those who wait for it already: who asks from now on waits for the next one. */
  signedOut(profiles: readonly string[]): void {
    for (const profile of profiles) this.#flights.forget(profile);
  }

  /** Why it takes longer than the caller waits: it may be a person that is waited for. */
  #slow(source: ForeignSource, error: AppError): AppError {
    const { signIns, identities } = this.#parts;
    if (!('place' in source)) return error;
    const { place } = source;
    if (signIns.isWaitingFor(place)) return appError('sign-in-timeout', { name: place.name, seconds: error.params['seconds'] ?? 0 });
    return identities.unanswered(place) ?? error;
  }

  async #ask(
    profile: Profile,
    source: ForeignSource,
    requester: Requester,
    flight: { readonly signal: AbortSignal; readonly onStart: (pid: number) => void },
  ): Promise<Result<ForeignSession>> {
    const { changes, identities, store, now } = this.#parts;
    const issuedAt = now();
    const given = await this.#given(profile, source, requester, flight);
    if (!given.ok) return given;
    const { credentials, caller } = given.value;
    if (isRevokedKey(credentials.accessKeyId, store.content.settings.revocations)) return failed(appError('foreign-revoked', { profile: profile.name }));
    const allowed = await changes.allow(profile.name, caller.accountId, { byUser: requester.by === 'user', signal: flight.signal });
    if (!allowed.ok) return allowed;
    const confirmed = await identities.allow(source, { ...caller, profile: profile.name }, requester, flight.signal);
    if (!confirmed.ok) return confirmed;
    const { expiresAt } = credentials;
    const until = source.kind === 'aws-login' ? this.#parts.signIns.endOf(source.place) : null;
    const session = { profile: profile.name, caller, issuedAt, ...(until === null ? {} : { renewedUntil: until }) };
    return succeeded(
      expiresAt === null
        ? { ...session, credentials: { ...credentials, expiresAt: issuedAt + unknownMs }, endUnknown: true }
        : { ...session, credentials: { ...credentials, expiresAt } },
    );
  }

  async #given(
    profile: Profile,
    source: ForeignSource,
    requester: Requester,
    flight: { readonly signal: AbortSignal; readonly onStart: (pid: number) => void },
  ): Promise<Result<{ readonly credentials: GivenCredentials; readonly caller: ForeignSession['caller'] }>> {
    const { files, runCommand, signIns, now } = this.#parts;
    const caller = { profile: profile.name, byUser: requester.by === 'user', signal: flight.signal };
    switch (source.kind) {
      case 'temporary-key':
        return this.#identified(profile, sameKey(await readTemporaryKey(files, profile.name, now()), source.accessKeyId, profile), 'temporary-key-expired');
      case 'command':
        return this.#identified(profile, await runCommand(profile.name, source.line, flight), 'foreign-command-expired');
      case 'identity-center':
        return ofAccount(
          source,
          await this.#identified(profile, living(source, await signIns.roleCredentials(source, caller), now()), 'foreign-command-expired'),
        );
      case 'aws-login':
        return this.#identified(profile, await signIns.loginCredentials(source, caller), 'foreign-command-expired');
      case 'web-identity':
        return this.#withToken(profile, source);
      case 'machine':
        return ofRole(source.role.roleArn, await this.#parts.aws.machineSession(profile, source.from, source.role));
    }
  }

  async #identified(profile: Profile, given: Result<GivenCredentials>, whenExpired: 'temporary-key-expired' | 'foreign-command-expired') {
    if (!given.ok) return given;
    const caller = await this.#parts.aws.callerOfSession(profile, { ...given.value, expiresAt: given.value.expiresAt ?? 0 });
    if (caller.ok) return succeeded({ credentials: given.value, caller: caller.value });
    return caller.error.code === 'session-expired' ? failed(appError(whenExpired, { profile: profile.name })) : caller;
  }

  async #withToken(profile: Profile, { tokenFile, role }: Extract<ForeignSource, { kind: 'web-identity' }>) {
    const token = await readWebIdentityToken(profile.name, tokenFile);
    if (!token.ok) return token;
    const roleSessionName = role.roleSessionName ?? roleSessionNameFor(subjectOf(token.value) ?? '');
    return ofRole(role.roleArn, await this.#parts.aws.webIdentitySession(profile, { role, token: token.value, roleSessionName }));
  }
}

function ofRole(roleArn: string, issued: Awaited<ReturnType<AwsCalls['webIdentitySession']>>) {
  if (!issued.ok) return issued;
  const { credentials, arn, accountId } = issued.value;
  return succeeded({ credentials, caller: { accountId, arn, userName: roleArn.split('/').at(-1) ?? roleArn } });
}

/** The portal says by its own clock when credentials end, so they may be over when they come where this computer's is ahead. */
function living({ place }: Extract<ForeignSource, { kind: 'identity-center' }>, given: Result<SessionCredentials>, now: number): Result<SessionCredentials> {
  return given.ok && given.value.expiresAt <= now ? failed(appError('portal-credentials-over', { name: place.name })) : given;
}

/** The portal's word is not AWS's: what it gave has to be of the account that the profile names. */
function ofAccount<T extends { readonly caller: ForeignSession['caller'] }>(
  { accountId, place }: Extract<ForeignSource, { kind: 'identity-center' }>,
  given: Result<T>,
): Result<T> {
  if (!given.ok || given.value.caller.accountId === accountId) return given;
  return failed(appError('portal-other-account', { name: place.name, account: accountId, given: given.value.caller.accountId }));
}

/** Another key by now is another source, which callers after its change ask for anew. */
function sameKey(read: Result<GivenCredentials>, accessKeyId: string, { name }: Profile): Result<GivenCredentials> {
  return read.ok && read.value.accessKeyId !== accessKeyId ? failed(appError('profile-changed', { profile: name })) : read;
}
