import type { Result } from '../contract/app-error.ts';
import type { CommandRequest } from '../contract/ipc.ts';
import type { HeldSession, Profile, Terminal } from '../contract/ui-state.ts';
import type { SessionCredentials } from '../core/credentials.ts';
import { appError, failed, succeeded } from '../core/errors.ts';
import { awsVariables, exportText, type Variables } from '../core/exports.ts';
import { isLive } from '../core/session.ts';
import type { SessionVault } from '../vault/session-vault.ts';
import type { UiStateStore } from './ui-state-store.ts';

/** The ways out of the app, which the platform provides. */
export type HandOffTargets = {
  /** Puts a secret text into the clipboard and takes it out at a time (epoch milliseconds) if it is still there. */
  readonly copySecret: (text: string, clearsAt: number, onCleared: () => void) => Promise<void>;
  readonly openTerminal: (
    terminal: string,
    launch: { readonly profile: string; readonly session: HeldSession; readonly variables: Variables },
  ) => Promise<Result<Terminal>>;
};

/** Gives a session to another program, and says how that went. */
export class HandOffs {
  readonly #store: UiStateStore;
  readonly #vault: SessionVault;
  readonly #targets: HandOffTargets;
  readonly #now: () => number;

  constructor(store: UiStateStore, vault: SessionVault, targets: HandOffTargets, now: () => number) {
    this.#store = store;
    this.#vault = vault;
    this.#targets = targets;
    this.#now = now;
  }

  async copyExports({ profile: name, shell: wanted }: CommandRequest<'copyExports'>): Promise<void> {
    const shell = wanted ?? this.#store.content.settings.exportShell;
    const found = this.#credentials(name);
    const text = found.ok ? exportText(shell, awsVariables(found.value.credentials, found.value.profile.region)) : found;
    if (!text.ok) {
      this.#store.notify({ kind: 'failed', profile: name, error: text.error });
      return;
    }
    const clearsAt = this.#now() + this.#store.content.settings.clipboardSeconds * 1000;
    await this.#targets.copySecret(text.value, clearsAt, () => this.#clipboardCleared(name));
    this.#store.notify({ kind: 'exports-copied', profile: name, shell, clearsAt });
  }

  async openTerminal({ profile: name }: CommandRequest<'openTerminal'>): Promise<void> {
    const found = this.#credentials(name);
    const opened = found.ok ? await this.#launchTerminal(found.value) : found;
    this.#store.notify(
      opened.ok
        ? { kind: 'terminal-opened', profile: name, terminal: opened.value.label }
        : { kind: 'failed', profile: name, error: opened.error },
    );
  }

  #launchTerminal({ profile, session, credentials }: Found): Promise<Result<Terminal>> {
    const variables = awsVariables(credentials, profile.region);
    return this.#targets.openTerminal(this.#store.content.settings.terminal, { profile: profile.name, session, variables });
  }

  #clipboardCleared(profile: string): void {
    // A later notice is not to be covered by this one.
    if (this.#store.content.notice?.kind === 'exports-copied') this.#store.notify({ kind: 'clipboard-cleared', profile });
  }

  /** The session of a profile while AWS would still accept it. */
  #credentials(name: string): Result<Found> {
    const profile = this.#store.content.profiles.find((entry) => entry.name === name);
    const credentials = this.#vault.credentialsOf(name);
    if (profile?.session.kind === 'expired') return failed(appError('session-expired', { profile: name }));
    if (profile === undefined || !isLive(profile.session) || credentials === null) {
      return failed(appError('session-none', { profile: name }));
    }
    if (credentials.expiresAt <= this.#now()) return failed(appError('session-expired', { profile: name }));
    return succeeded({ profile, session: profile.session, credentials });
  }
}

type Found = { readonly profile: Profile; readonly session: HeldSession; readonly credentials: SessionCredentials };
