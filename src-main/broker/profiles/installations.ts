import type { AwsFiles } from '../../aws/files/environment.ts';
import type { Result } from '../../contract/app-error.ts';
import type { ApiAnswers } from '../../contract/local-api.ts';
import type { Keychain } from '../../contract/ui-state.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { accountOf } from '../../core/sessions/accounts.ts';
import type { ActionToConfirm, AskingProgram, Confirmations } from '../questions/confirmations.ts';
import type { SessionManager } from '../sessions/session-manager.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';
import type { InPlaceInstaller } from './in-place-installer.ts';
import type { InstalledEntry, ProfileInstaller } from './profile-installer.ts';

type Parts = {
  readonly store: Pick<UiStateStore, 'content'>;
  readonly files: AwsFiles;
  readonly installer: Pick<ProfileInstaller, 'install' | 'uninstall' | 'profiles'>;
  readonly inPlace: Pick<InPlaceInstaller, 'install' | 'uninstall' | 'profiles' | 'movesKey'>;
  readonly confirmations: Pick<Confirmations, 'ask'>;
  readonly sessions: Pick<SessionManager, 'find'>;
  readonly keychain: () => Promise<Keychain>;
  readonly loadConfig: () => Promise<void>;
};

type Uninstalled = ApiAnswers['uninstall'];

/** Both ways to install a profile, beside its own entry and in place of it, and the way back from either. */
export class Installations {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Adds an entry beside the profile's own. */
  async install(name: string): Promise<Result<InstalledEntry>> {
    const found = this.#parts.sessions.find(name);
    return found.ok ? this.#parts.installer.install(found.value.name) : found;
  }

  /** As a program asks for it: a person confirms it. Errors: `in-place-no-keychain`, those of the question and of `InPlaceInstaller`. */
  async installInPlace(name: string, asking: AskingProgram): Promise<Result<InstalledEntry>> {
    const { confirmations, inPlace, sessions, loadConfig } = this.#parts;
    const confirmed = await confirmations.ask(() => this.#toInstall(name), asking);
    if (!confirmed.ok) return confirmed;
    const found = sessions.find(name);
    if (!found.ok) return found;
    const installed = await inPlace.install(found.value.name);
    // The keychain is no file that is watched.
    await loadConfig();
    return installed;
  }

  async #toInstall(name: string): Promise<Result<ActionToConfirm>> {
    const { store, files, inPlace, sessions, keychain } = this.#parts;
    const found = sessions.find(name);
    if (!found.ok) return found;
    const profile = found.value.name;
    const origin = found.value.foreign?.kind;
    if (origin === 'command' || origin === 'temporary-key') return failed(appError('in-place-foreign', { profile }));
    const movesKey = (await inPlace.movesKey(profile)).in;
    if (!movesKey && found.value.installedAs === profile) return failed(appError('in-place-already', { profile, file: files.config }));
    if (movesKey && (await keychain()).kind !== 'available') return failed(appError('in-place-no-keychain', { profile }));
    const accountId = accountOf(found.value, store.content.settings);
    return succeeded({
      profile,
      accountIds: accountId === null ? [] : [accountId],
      action: { verb: 'install-in-place', files: movesKey ? [files.config, files.credentials] : [files.config], movesKey },
    });
  }

  /**
   * Takes back all that was installed for a profile, also after it has gone itself; with null, for every one. Errors:
   * `install-none` `{file, profile}`, those of the question and of the installers.
   */
  async uninstall(profile: string | null, { confirm, asking }: { readonly confirm: boolean; readonly asking: AskingProgram }): Promise<Result<Uninstalled>> {
    const { confirmations } = this.#parts;
    const described = await this.#toUninstall(profile);
    if (described !== null) {
      if (!confirm) return succeeded({ entries: [], needsPerson: true });
      const confirmed = await confirmations.ask(async () => succeeded((await this.#toUninstall(profile)) ?? described), asking);
      if (!confirmed.ok) return confirmed;
    }
    const undone = await this.#remove(profile);
    return undone.ok ? succeeded({ entries: undone.value, needsPerson: false }) : undone;
  }

  async #remove(profile: string | null): Promise<Result<readonly InstalledEntry[]>> {
    const { installer, inPlace, files, loadConfig } = this.#parts;
    const profiles = profile === null ? [...new Set([...(await inPlace.profiles()), ...(await installer.profiles())])] : [profile];
    const entries: InstalledEntry[] = [];
    for (const each of profiles) {
      const own = await inPlace.uninstall(each);
      if (own?.ok === false) return own;
      if (own !== null) entries.push(own.value);
      const beside = await installer.uninstall(each);
      if (beside.ok) entries.push(beside.value);
      else if (beside.error.code !== 'install-none') return beside;
    }
    await loadConfig();
    return entries.length === 0 && profile !== null ? failed(appError('install-none', { file: files.config, profile })) : succeeded(entries);
  }

  /** Null where no access key would leave the keychain. */
  async #toUninstall(profile: string | null): Promise<ActionToConfirm | null> {
    const { files, inPlace, store } = this.#parts;
    const withKey: string[] = [];
    for (const each of profile === null ? await inPlace.profiles() : [profile]) if ((await inPlace.movesKey(each)).out) withKey.push(each);
    if (withKey.length === 0) return null;
    const accounts = store.content.profiles.filter(({ name }) => withKey.includes(name)).flatMap((each) => accountOf(each, store.content.settings) ?? []);
    return {
      profile: withKey.length === 1 ? (withKey[0] ?? null) : null,
      accountIds: [...new Set(accounts)],
      action: { verb: 'uninstall-in-place', profiles: withKey, file: files.credentials },
    };
  }
}
