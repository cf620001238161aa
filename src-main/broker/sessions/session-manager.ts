import type { AppError, Result } from '../../contract/app-error.ts';
import type { CommandRequest } from '../../contract/ipc.ts';
import type { Identity, Profile } from '../../contract/ui-state.ts';
import type { AwsCalls } from '../../aws/requests/calls.ts';
import type { AwsFiles } from '../../aws/files/environment.ts';
import type { AwsConfig } from '../../aws/files/profiles.ts';
import { chainedRoleSeconds } from '../../aws/requests/role-session.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { isSameSource } from '../../core/profiles/made-from.ts';
import { isLive } from '../../core/sessions/session.ts';
import type { IssuedSession } from '../issuing/code-exchange.ts';
import { CredentialSource, takesCode, type Wanted } from './credential-source.ts';
import type { HeldSessions, LiveHeld, Ticket } from './held-sessions.ts';
import type { MfaPrompts } from '../prompts/mfa-prompts.ts';
import type { RoleSessions } from '../issuing/role-sessions.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';

type Parts = {
  readonly store: UiStateStore;
  readonly held: HeldSessions;
  readonly prompts: MfaPrompts;
  readonly roles: RoleSessions;
  readonly aws: Pick<AwsCalls, 'accountAlias'>;
  readonly files: Pick<AwsFiles, 'config'>;
  readonly now: () => number;
  /** What is kept of a use beyond its session. */
  readonly rememberUse: (profile: string, identity: Pick<Identity, 'accountId' | 'accountAlias'>) => void;
  /** A code brought a session. */
  readonly onStarted: (profile: string) => void;
};

/** Owns the sessions: what the files say, what codes and roles brought, what time took. */
export class SessionManager {
  readonly #parts: Parts;
  readonly #source: CredentialSource;
  #config: Pick<AwsConfig, 'unusable' | 'aliases'> = { unusable: new Map(), aliases: new Map() };

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#source = new CredentialSource({
      ...parts,
      find: (name) => this.find(name),
      onIssued: (issued, ticket) => this.#hold(issued, 'session', ticket),
    });
  }

  /** Takes over what the AWS files say. A profile that went while its session lives stays until the session ends. */
  configLoaded(config: AwsConfig): void {
    const { store, roles, held, prompts } = this.#parts;
    const promptProfile = store.content.prompt?.profile ?? '';
    const promptSource = held.sourceOf(promptProfile);
    this.#config = config;
    roles.configLoaded(config.roles);
    const before = new Map(store.content.profiles.map((profile) => [profile.name, profile]));
    const loaded = config.profiles.map((profile): Profile => {
      return { ...profile, session: before.get(profile.name)?.session ?? { kind: 'none' } };
    });
    const names = new Set(loaded.map(({ name }) => name));
    // One that is there and means something else by now is not the one that the session is for.
    const kept = [...before.values()].filter(({ name, session }) => !names.has(name) && !config.unusable.has(name) && isLive(session));
    for (const name of config.unusable.keys()) if (before.has(name) && !names.has(name)) held.end(name, 'profile-changed');
    store.change({ profiles: [...loaded, ...kept], problems: config.problems });
    held.configLoaded(config.madeFrom);
    prompts.configLoaded({ userProfiles: config.userProfiles, isSame: isSameSource(promptSource, held.sourceOf(promptProfile)) });
  }

  /** A profile by its name, or by that of the entry that *Install* added for it; else why it cannot be used. */
  find(name: string): Result<Profile> {
    const { store } = this.#parts;
    const known = store.profile(name) ?? store.profile(this.#config.aliases.get(name) ?? '');
    if (known !== undefined) return succeeded(known);
    return failed(this.#config.unusable.get(name) ?? appError('profile-unknown', { profile: name, file: this.#parts.files.config }));
  }

  /** Opens the MFA prompt, or starts a role session from the session that is there. */
  requestSession({ profile: name, fromAccessKey = false }: CommandRequest<'requestSession'>): void {
    const found = this.find(name);
    if (!found.ok) this.#parts.store.notify({ kind: 'failed', profile: name, error: found.error });
    else if (fromAccessKey || this.#takesCode(found.value)) this.#parts.prompts.open({ profile: found.value });
    else void this.#startRole(found.value);
  }

  /** Sends the code of the prompt. A session that is being renewed stays in use until the new one is there. */
  async submitMfa(request: CommandRequest<'submitMfa'>): Promise<void> {
    const { store, held, prompts } = this.#parts;
    const ticket = held.ticket(store.content.prompt?.profile ?? '');
    const issued = await prompts.submit(request);
    if (issued === null) return;
    this.#hold(issued, 'code', ticket);
    prompts.answered(issued.profile);
  }

  /** A session for a program, with a prompt where one is needed. */
  credentials(name: string, wanted: Wanted): Promise<Result<LiveHeld>> {
    return this.#source.credentials(name, wanted);
  }

  /**
   * Starts or renews a session for the command line, whatever is held already: with the code that
   * came along, else with the prompt. `durationSeconds` is the length to ask for.
   */
  async login(
    name: string,
    wanted: Wanted,
    { code, durationSeconds }: { code?: string | undefined; durationSeconds?: number | undefined },
  ): Promise<Result<LiveHeld>> {
    const found = this.find(name);
    if (!found.ok) return found;
    const profile = found.value;
    const fromKey = this.#takesCode(profile) || (durationSeconds ?? 0) > chainedRoleSeconds;
    const target = { profile, ...(durationSeconds === undefined ? {} : { durationSeconds }) };
    if (!fromKey && code === undefined) return this.#source.renewed(profile, wanted);
    // A code for a role profile starts the session that its role sessions are made from.
    const base = fromKey ? target : { ...target, profile: this.#userProfileOf(profile) };
    const started = code === undefined ? await this.#parts.prompts.ask(base, wanted.asker) : await this.#useCode(base, code);
    if (!started.ok) return started;
    return this.#source.credentials(profile.name, { ...wanted, minLeftMs: 0 });
  }

  chooseMfaDevice(request: CommandRequest<'chooseMfaDevice'>): void {
    this.#parts.prompts.chooseDevice(request);
  }

  cancelPrompt({ promptId }: CommandRequest<'cancelPrompt'>): void {
    this.#parts.prompts.cancel(promptId);
  }

  /**
   * Forgets the session, and the role sessions that were made from it. AWS has no call that ends one
   * early: whoever was given it keeps it until it expires. Returns the profiles whose sessions went.
   */
  endSession({ profile: name }: CommandRequest<'endSession'>): readonly string[] {
    const { store, held } = this.#parts;
    const ended = store.content.profiles.filter((profile) => profile.name === name || isMadeFrom(profile, name));
    const live = ended.filter(({ session }) => isLive(session));
    for (const profile of ended) held.end(profile.name);
    store.notify({ kind: 'session-ended', profile: name });
    return live.map((profile) => profile.name);
  }

  #takesCode(profile: Profile): boolean {
    return takesCode(profile, (name) => this.find(name));
  }

  #userProfileOf(profile: Profile): Profile {
    const user = this.find(profile.role?.userProfile ?? profile.name);
    return user.ok ? user.value : profile;
  }

  async #useCode(target: Parameters<MfaPrompts['useCode']>[0], code: string): Promise<Result<null>> {
    const ticket = this.#parts.held.ticket(target.profile.name);
    const issued = await this.#parts.prompts.useCode(target, code);
    if (!issued.ok) return issued;
    this.#hold(issued.value, 'code', ticket);
    this.#parts.prompts.answered(issued.value.profile);
    return succeeded(null);
  }

  /** For a person at the windows, who is told of a failure in the panel. */
  async #startRole(profile: Profile): Promise<void> {
    const { store } = this.#parts;
    const idle = !isLive(profile.session);
    if (idle) store.changeSession(profile.name, { kind: 'starting' });
    const renewed = await this.#source.renewed(profile, { minLeftMs: 0, asker: { by: 'user' } });
    if (renewed.ok) return;
    const { error } = renewed;
    if (idle) store.changeSession(profile.name, isCancelled(error) ? { kind: 'none' } : { kind: 'failed', error });
    else if (!isCancelled(error)) store.notify({ kind: 'failed', profile: profile.name, error });
  }

  /** `ticket` is from when AWS was asked. */
  #hold({ profile, credentials, caller, issuedAt }: IssuedSession, origin: 'code' | 'session', ticket: Ticket): void {
    const { held, store } = this.#parts;
    const isHeld = held.hold(profile, { credentials, identity: { ...caller, accountAlias: null }, issuedAt, origin }, ticket);
    if (isHeld) {
      this.#parts.rememberUse(profile, { accountId: caller.accountId, accountAlias: null });
      void this.#nameAccount(profile, credentials, issuedAt);
      if (origin === 'code') this.#parts.onStarted(profile);
    }
    if (!isHeld && origin === 'code') store.notify({ kind: 'failed', profile, error: appError('profile-changed', { profile }) });
  }

  async #nameAccount(name: string, credentials: IssuedSession['credentials'], issuedAt: number): Promise<void> {
    const { store, aws, held } = this.#parts;
    const profile = store.profile(name);
    if (profile === undefined) return;
    const accountAlias = await aws.accountAlias(profile, credentials);
    held.nameAccount(name, issuedAt, accountAlias);
    const { session } = store.profile(name) ?? profile;
    if (isLive(session) && accountAlias !== null) this.#parts.rememberUse(name, { accountId: session.identity.accountId, accountAlias });
  }
}

function isMadeFrom({ name, role, session }: Profile, source: string): boolean {
  return role?.userProfile === source && name !== source && isLive(session) && session.origin === 'session';
}

function isCancelled({ code }: AppError): boolean {
  return code === 'mfa-cancelled' || code === 'app-quitting';
}
