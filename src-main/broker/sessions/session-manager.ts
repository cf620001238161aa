import type { AppError, Result } from '../../contract/app-error.ts';
import type { CommandRequest } from '../../contract/ipc.ts';
import type { Profile } from '../../contract/ui-state.ts';
import type { AwsConfig } from '../../aws/files/profiles.ts';
import type { ServedName } from '../../core/profiles/private-configuration.ts';
import { isSameSource } from '../../core/profiles/session-source.ts';
import { isLive, outlastsChaining } from '../../core/sessions/session.ts';
import { appError, failed } from '../../core/errors.ts';
import type { ForeignSessions } from '../foreign/foreign-sessions.ts';
import type { RoleSessions } from '../issuing/role-sessions.ts';
import type { MfaPrompts } from '../prompts/mfa-prompts.ts';
import type { SourcedCodes } from '../prompts/sourced-codes.ts';
import type { ProfileIndex } from '../state/profile-index.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';
import type { SignIns } from '../sign-in/sign-ins.ts';
import type { CredentialSource } from './credential-source.ts';
import type { HeldSessions, LiveHeld } from './held-sessions.ts';
import type { CredentialRequest } from './with-session.ts';

type Parts = {
  readonly store: UiStateStore;
  readonly profiles: ProfileIndex;
  readonly held: HeldSessions;
  readonly prompts: MfaPrompts;
  readonly sourcedCodes: SourcedCodes;
  readonly roles: Pick<RoleSessions, 'configLoaded'>;
  readonly foreign: Pick<ForeignSessions, 'configLoaded' | 'signedOut'>;
  readonly signIns: Pick<SignIns, 'configLoaded'>;
  readonly source: CredentialSource;
};

/** Owns the sessions: what the files say, what codes and roles brought, what time took. */
export class SessionManager {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Takes over what the AWS files say. A profile that went while its session lives stays until the session ends. */
  configLoaded(config: AwsConfig): void {
    const { store, profiles, roles, foreign, signIns, held, prompts, sourcedCodes } = this.#parts;
    const promptProfile = store.content.prompt?.profile ?? '';
    const promptSource = held.sourceOf(promptProfile);
    profiles.configLoaded(config);
    roles.configLoaded(config.roles);
    foreign.configLoaded(config.foreign);
    signIns.configLoaded(config.places, config.foreign);
    const before = new Map(store.content.profiles.map((profile) => [profile.name, profile]));
    const loaded = config.profiles.map((profile): Profile => {
      return { ...profile, session: before.get(profile.name)?.session ?? { kind: 'none' } };
    });
    const names = new Set(loaded.map(({ name }) => name));
    // A profile that means something else by now is not the one that the session is for.
    const kept = [...before.values()].filter(({ name, session }) => !names.has(name) && !config.unusable.has(name) && isLive(session));
    for (const name of config.unusable.keys()) if (before.has(name) && !names.has(name)) held.end(name, 'profile-changed');
    store.change({ profiles: [...loaded, ...kept], problems: config.problems });
    held.configLoaded(config.sources);
    sourcedCodes.configLoaded(config.mfaProcesses);
    prompts.configLoaded({ userProfiles: config.userProfiles, isSame: isSameSource(promptSource, held.sourceOf(promptProfile)) });
  }

  find(name: string): Result<Profile> {
    return this.#parts.profiles.find(name);
  }

  /** Every name by which the app knows a profile: the profile's own, and those of entries that it installed. */
  servedNames(): readonly ServedName[] {
    return this.#parts.profiles.servedNames();
  }

  /** Whether the AWS files have a profile of this name, even one that the app cannot use. */
  hasName(name: string): boolean {
    const found = this.find(name);
    return found.ok || found.error.code !== 'profile-unknown';
  }

  /** Opens the MFA prompt, or starts a role session from the session that is there. */
  requestSession({ profile: name, fromAccessKey = false }: CommandRequest<'requestSession'>): void {
    const found = this.find(name);
    if (!found.ok) this.#parts.store.notify({ kind: 'failed', profile: name, error: found.error });
    else if (fromAccessKey && this.#isForeign(found.value)) this.#parts.store.notify({ kind: 'failed', profile: name, error: takesNoCode(found.value) });
    else if (fromAccessKey || this.#parts.profiles.takesCode(found.value)) this.#parts.prompts.open({ profile: found.value });
    else void this.#startRole(found.value);
  }

  /** Sends the code of the prompt. A session that is being renewed stays in use until the new one is there. */
  async submitMfa(request: CommandRequest<'submitMfa'>): Promise<void> {
    await this.#parts.prompts.submit(request);
  }

  /** A session for a program, with a prompt where one is needed. */
  credentials(name: string, wanted: CredentialRequest): Promise<Result<LiveHeld>> {
    return this.#parts.source.credentials(name, wanted);
  }

  /** Puts fresh credentials in the place of those that a profile has, without a person. */
  async keepAlive(name: string): Promise<void> {
    const found = this.find(name);
    if (found.ok && found.value.foreign !== null) await this.#parts.source.renewed(found.value, { minLeftMs: 0, requester: { by: 'user' } });
  }

  /** The profile that a code is for: one for a role profile starts the session that its role sessions are made from. */
  profileOfCode(profile: Profile, durationSeconds: number | undefined): Profile {
    return this.#isFromKey(profile, durationSeconds) ? profile : this.#parts.profiles.userProfileOf(profile);
  }

  /**
   * Starts or renews a session for the command line, whatever is held already: with the code that
   * came along, or that the source `codeFrom` gives, else with the prompt. `durationSeconds` is the length to ask for.
   */
  async login(
    name: string,
    wanted: CredentialRequest,
    { code, codeFrom, durationSeconds }: { code?: string | undefined; codeFrom?: string | undefined; durationSeconds?: number | undefined },
  ): Promise<Result<LiveHeld>> {
    const found = this.find(name);
    if (!found.ok) return found;
    const profile = found.value;
    const takesCode = code !== undefined || codeFrom !== undefined;
    const asksForMore = takesCode || (durationSeconds !== undefined && (profile.role === null || outlastsChaining(durationSeconds)));
    if (asksForMore && this.#isForeign(profile)) return failed(takesNoCode(profile));
    const wantedSeconds = takesCode ? this.secondsOfCode(profile, durationSeconds) : durationSeconds;
    const fromKey = this.#isFromKey(profile, wantedSeconds);
    const target = { profile, ...(wantedSeconds === undefined ? {} : { durationSeconds: wantedSeconds }) };
    if (!fromKey && !takesCode) return this.#parts.source.renewed(profile, wanted);
    const base = { ...target, profile: this.profileOfCode(profile, wantedSeconds) };
    const { prompts, sourcedCodes } = this.#parts;
    const started = await (codeFrom !== undefined
      ? sourcedCodes.useSource(base, codeFrom, wanted.requester)
      : code === undefined
        ? prompts.ask(base, wanted.requester)
        : prompts.useCode(base, code));
    if (!started.ok) return started;
    return this.#parts.source.credentials(profile.name, { ...wanted, minLeftMs: 0 });
  }

  /**
   * How long a session is to be for which a code comes along, where a length was given or only the code allows it:
   * from a session of its user, a role would have an hour.
   */
  secondsOfCode({ role }: Profile, durationSeconds: number | undefined): number | undefined {
    if (durationSeconds !== undefined || role === null || role.sourceProfile !== role.userProfile) return durationSeconds;
    return outlastsChaining(role.durationSeconds) ? role.durationSeconds : undefined;
  }

  chooseMfaDevice(request: CommandRequest<'chooseMfaDevice'>): void {
    this.#parts.prompts.chooseDevice(request);
  }

  cancelPrompt({ promptId }: CommandRequest<'cancelPrompt'>): void {
    this.#parts.prompts.cancel(promptId);
  }

  /**
   * Forgets the session, and the role sessions that were made from it. AWS has no call that ends one
   * early: programs that have it keep it until it expires. Returns the profiles whose sessions ended.
   */
  endSession({ profile: name }: CommandRequest<'endSession'>): readonly string[] {
    const { store, held } = this.#parts;
    const ended = store.content.profiles.filter((profile) => profile.name === name || isMadeFrom(profile, name));
    const live = ended.filter(({ session }) => isLive(session));
    for (const profile of ended) held.end(profile.name);
    store.notify({ kind: 'session-ended', profile: name });
    return live.map((profile) => profile.name);
  }

  /** The place that gave these profiles their sessions was signed out of: they end, and what it would still bring is for nobody who asks from now on. */
  signedOut(profiles: readonly string[]): void {
    this.#parts.foreign.signedOut(profiles);
    for (const profile of profiles) this.endSession({ profile });
  }

  /** Whether there is no access key at the end, which is all that AWS takes a code with. */
  #isForeign(profile: Profile): boolean {
    return this.#parts.profiles.userProfileOf(profile).foreign !== null;
  }

  #isFromKey(profile: Profile, durationSeconds = 0): boolean {
    return this.#parts.profiles.takesCode(profile) || outlastsChaining(durationSeconds);
  }

  /** For a person at the windows: the panel shows a failure. */
  async #startRole(profile: Profile): Promise<void> {
    const { store } = this.#parts;
    const idle = !isLive(profile.session);
    if (idle) store.changeSession(profile.name, { kind: 'starting' });
    const wants = profile.role === null ? null : { profile: profile.name, role: profile.role };
    const renewed = await this.#parts.source.renewed(profile, { minLeftMs: 0, requester: { by: 'user', wants } });
    if (renewed.ok) return;
    const { error } = renewed;
    if (idle) store.changeSession(profile.name, isCancelled(error) ? { kind: 'none' } : { kind: 'failed', error });
    else if (!isCancelled(error)) store.notify({ kind: 'failed', profile: profile.name, error });
  }
}

function takesNoCode({ name, role }: Profile): AppError {
  return appError('foreign-takes-no-code', { profile: name, source: role?.userProfile ?? name });
}

function isMadeFrom({ name, role, session }: Profile, source: string): boolean {
  return role?.userProfile === source && name !== source && isLive(session) && session.origin === 'session';
}

function isCancelled({ code }: AppError): boolean {
  return code === 'mfa-cancelled' || code === 'app-quitting';
}
