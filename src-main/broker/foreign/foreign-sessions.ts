import type { Result } from '../../contract/app-error.ts';
import type { Identity, Profile } from '../../contract/ui-state.ts';
import type { AwsCalls } from '../../aws/requests/calls.ts';
import type { AwsFiles } from '../../aws/files/environment.ts';
import { readTemporaryKey, type GivenCredentials } from '../../aws/files/temporary-key.ts';
import { readWebIdentityToken } from '../../aws/files/web-identity-token.ts';
import { roleSessionNameFor } from '../../aws/requests/role-session.ts';
import type { SessionCredentials } from '../../core/credentials.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import type { ForeignSource } from '../../core/profiles/foreign-source.ts';
import { subjectOf } from '../../core/foreign/web-identity-token.ts';
import type { Requester } from '../prompts/waiting-programs.ts';
import type { AccountChanges } from './account-changes.ts';
import { type AskedByCommand, Flights } from './flights.ts';

/** What a foreign source gave, and whose it is. */
export type ForeignSession = {
  readonly profile: string;
  readonly credentials: SessionCredentials;
  readonly caller: Omit<Identity, 'accountAlias'>;
  readonly issuedAt: number;
  readonly endUnknown?: true;
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
  readonly runCommand: RunForeignCommand;
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
  obtain(profile: Profile, requester: Requester): Promise<Result<ForeignSession>> {
    const source = this.#sources.get(profile.name);
    if (source === undefined) return Promise.resolve(failed(appError('profile-changed', { profile: profile.name })));
    return this.#flights.join(profile.name, requester, (flight) => this.#ask(profile, source, requester, flight));
  }

  async #ask(
    profile: Profile,
    source: ForeignSource,
    requester: Requester,
    flight: { readonly signal: AbortSignal; readonly onStart: (pid: number) => void },
  ): Promise<Result<ForeignSession>> {
    const { changes, now } = this.#parts;
    const issuedAt = now();
    const given = await this.#given(profile, source, flight);
    if (!given.ok) return given;
    const { credentials, caller } = given.value;
    const allowed = await changes.allow(profile.name, caller.accountId, { byUser: requester.by === 'user', signal: flight.signal });
    if (!allowed.ok) return allowed;
    const { expiresAt } = credentials;
    const session = { profile: profile.name, caller, issuedAt };
    return succeeded(
      expiresAt === null
        ? { ...session, credentials: { ...credentials, expiresAt: issuedAt + unknownMs }, endUnknown: true }
        : { ...session, credentials: { ...credentials, expiresAt } },
    );
  }

  async #given(
    profile: Profile,
    source: ForeignSource,
    flight: { readonly signal: AbortSignal; readonly onStart: (pid: number) => void },
  ): Promise<Result<{ readonly credentials: GivenCredentials; readonly caller: ForeignSession['caller'] }>> {
    const { files, runCommand, now } = this.#parts;
    switch (source.kind) {
      case 'temporary-key':
        return this.#identified(profile, sameKey(await readTemporaryKey(files, profile.name, now()), source.accessKeyId, profile), 'temporary-key-expired');
      case 'command':
        return this.#identified(profile, await runCommand(profile.name, source.line, flight), 'foreign-command-expired');
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

/** Another key by now is another source, which callers after its change ask for anew. */
function sameKey(read: Result<GivenCredentials>, accessKeyId: string, { name }: Profile): Result<GivenCredentials> {
  return read.ok && read.value.accessKeyId !== accessKeyId ? failed(appError('profile-changed', { profile: name })) : read;
}
