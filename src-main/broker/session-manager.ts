import type { CommandRequest } from '../contract/ipc.ts';
import type { Profile } from '../contract/ui-state.ts';
import type { AwsCalls } from '../aws/calls.ts';
import type { AwsConfig } from '../aws/profiles.ts';
import { isLive, sessionAt } from '../core/session.ts';
import type { SessionVault } from '../vault/session-vault.ts';
import type { MfaPrompts } from './mfa-prompts.ts';
import type { UiStateStore } from './ui-state-store.ts';

/** Owns the sessions: what the files say, what the prompt brought, what time took. */
export class SessionManager {
  readonly #store: UiStateStore;
  readonly #vault: SessionVault;
  readonly #prompts: MfaPrompts;
  readonly #aws: Pick<AwsCalls, 'accountAlias'>;
  readonly #now: () => number;

  constructor(parts: {
    readonly store: UiStateStore;
    readonly vault: SessionVault;
    readonly prompts: MfaPrompts;
    readonly aws: Pick<AwsCalls, 'accountAlias'>;
    readonly now: () => number;
  }) {
    this.#store = parts.store;
    this.#vault = parts.vault;
    this.#prompts = parts.prompts;
    this.#aws = parts.aws;
    this.#now = parts.now;
  }

  /** Takes over what the AWS files say. A profile that went while its session lives stays until the session ends. */
  configLoaded({ profiles, problems }: AwsConfig): void {
    const before = new Map(this.#store.content.profiles.map((profile) => [profile.name, profile]));
    const loaded = profiles.map((profile): Profile => {
      return { ...profile, session: before.get(profile.name)?.session ?? { kind: 'none' } };
    });
    const names = new Set(loaded.map(({ name }) => name));
    const kept = [...before.values()].filter(({ name, session }) => !names.has(name) && isLive(session));
    this.#store.change({ profiles: [...loaded, ...kept], problems });
  }

  /** Opens the MFA prompt, or brings the one that is open to the front. */
  requestSession({ profile: name }: CommandRequest<'requestSession'>): void {
    const profile = this.#profile(name);
    if (profile !== undefined) this.#prompts.open(profile);
  }

  /** Sends the code. A session that is being renewed stays in use until the new one is there. */
  async submitMfa(request: CommandRequest<'submitMfa'>): Promise<void> {
    const issued = await this.#prompts.submit(request);
    if (issued === null) return;
    const { profile, credentials, caller, issuedAt } = issued;
    this.#vault.hold(profile.name, credentials);
    const held = { issuedAt, expiresAt: credentials.expiresAt };
    this.#store.changeSession(profile.name, sessionAt({ kind: 'active', identity: { ...caller, accountAlias: null }, ...held }, this.#now()));
    this.#prompts.close();

    const accountAlias = await this.#aws.accountAlias(profile, credentials);
    // Meanwhile the session may have ended, or been renewed.
    const session = this.#profile(profile.name)?.session;
    if (session === undefined || !isLive(session) || session.issuedAt !== issuedAt) return;
    this.#store.changeSession(profile.name, { ...session, identity: { ...caller, accountAlias } });
  }

  chooseMfaDevice(request: CommandRequest<'chooseMfaDevice'>): void {
    this.#prompts.chooseDevice(request);
  }

  cancelPrompt({ promptId }: CommandRequest<'cancelPrompt'>): void {
    this.#prompts.cancel(promptId);
  }

  /** Forgets the session. AWS has no call that ends one early: whoever was given it keeps it until it expires. */
  endSession({ profile }: CommandRequest<'endSession'>): void {
    this.#vault.forget(profile);
    this.#store.changeSession(profile, { kind: 'none' });
    this.#store.notify({ kind: 'session-ended', profile });
  }

  /** Lets the wall clock take effect: after a timer, a resume, a change of the system's time. */
  timePassed(): void {
    const now = this.#now();
    for (const { name, session } of this.#store.content.profiles) {
      const current = sessionAt(session, now);
      if (current === session) continue;
      if (current.kind === 'expired') this.#vault.forget(name);
      this.#store.changeSession(name, current);
    }
  }

  #profile(name: string): Profile | undefined {
    return this.#store.content.profiles.find((profile) => profile.name === name);
  }
}
