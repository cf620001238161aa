import { isDeepStrictEqual } from 'node:util';
import type { AppError, Result } from '../../contract/app-error.ts';
import type { CommandRequest } from '../../contract/ipc.ts';
import type { CommandPurpose } from '../../contract/question.ts';
import {
  confirmedCommandsMax,
  recentProfilesMax,
  type AccountMarks,
  type KeptRotation,
  type KeptUpdates,
  type Project,
  type Revocation,
  type Settings,
  type SettingsChange,
  type WindowPlace,
} from '../../contract/settings.ts';
import type { Identity } from '../../contract/ui-state.ts';
import { unmarked } from '../../core/sessions/accounts.ts';
import { languageFor } from '../../core/texts/translate.ts';
import type { UiStateContent, UiStateStore } from './ui-state-store.ts';

/** Where the settings are kept. */
export type SettingsKeeper = {
  /** What could be read of them, and what to tell where that is not all. */
  readonly read: () => { readonly settings: Settings; readonly problem: AppError | null };
  /** Resolves when the settings are kept. */
  readonly write: (settings: Settings) => Promise<Result<null>>;
};

/** Takes changes of the settings, lets them take effect at once, and keeps them. */
export class SettingsManager {
  readonly #keeper: SettingsKeeper;
  readonly #systemLanguages: readonly string[];
  readonly #store: UiStateStore;

  constructor(keeper: SettingsKeeper, systemLanguages: readonly string[], store: UiStateStore) {
    this.#keeper = keeper;
    this.#systemLanguages = systemLanguages;
    this.#store = store;
  }

  /** What is left out stays as it is; of the sources of codes also those of other devices, since two edits may be under way at once. */
  change({ codeSources, ...change }: SettingsChange): void {
    const { settings } = this.#store.content;
    void this.#set({ ...settings, ...withoutUndefined(change), codeSources: { ...settings.codeSources, ...codeSources } });
  }

  /** Keeps, or with null forgets, the MFA device that the user named for a profile. */
  rememberMfaSerial(profile: string, serial: string | null): void {
    const { [profile]: _forgotten, ...others } = this.#store.content.settings.mfaSerials;
    void this.#set({ ...this.#store.content.settings, mfaSerials: serial === null ? others : { ...others, [profile]: serial } });
  }

  chooseAwsFile(file: 'config' | 'credentials', path: string | null): void {
    const { settings } = this.#store.content;
    void this.#set({ ...settings, awsFiles: { ...settings.awsFiles, [file]: path } });
  }

  pinPanel({ pinned }: CommandRequest<'pinPanel'>): void {
    void this.#set({ ...this.#store.content.settings, panelPinned: pinned });
  }

  /** Keeps where a window was when it was closed. */
  rememberPlace(name: keyof Settings['windowPlaces'], place: WindowPlace): void {
    const { settings } = this.#store.content;
    if (isDeepStrictEqual(settings.windowPlaces[name], place)) return;
    void this.#set({ ...settings, windowPlaces: { ...settings.windowPlaces, [name]: place } });
  }

  rememberFolder(folder: string): void {
    const { settings } = this.#store.content;
    if (settings.lastFolder !== folder) void this.#set({ ...settings, lastFolder: folder });
  }

  setFavourite({ profile, favourite }: CommandRequest<'setFavourite'>): void {
    const { settings } = this.#store.content;
    const others = settings.favourites.filter((name) => name !== profile);
    void this.#set({ ...settings, favourites: favourite ? [...others, profile] : others });
  }

  /** The panel does not say again what comes after the first session. */
  closeReady(): void {
    void this.#set({ ...this.#store.content.settings, readyClosed: true });
  }

  /** What is left out stays as it is. */
  setAccount({ accountId, ...marks }: AccountMarks): void {
    const { settings } = this.#store.content;
    const account = { ...(settings.accounts[accountId] ?? unmarked), ...withoutUndefined(marks) };
    const isSaid = marks.production !== undefined && !settings.productionSaid.includes(accountId);
    const productionSaid = isSaid ? [...settings.productionSaid, accountId] : settings.productionSaid;
    void this.#set({ ...settings, accounts: { ...settings.accounts, [accountId]: account }, productionSaid });
  }

  /** The colours that accounts were given, by account ID. Where they cannot be kept, that is told with the next thing that the user does. */
  keepAccountColors(colors: Settings['accountColors']): void {
    const { settings } = this.#store.content;
    const next = { ...settings, accountColors: { ...settings.accountColors, ...colors } };
    this.#store.change(settingsContent(next, this.#systemLanguages));
    void this.#keeper.write(next);
  }

  /** By folder. */
  keepProjects(projects: Readonly<Record<string, Project>>): void {
    void this.#set({ ...this.#store.content.settings, projects });
  }

  /** By the ARN of the user or role. Resolves when they are on the disk, or the user is told that they are not. */
  keepRevocations(revocations: Readonly<Record<string, Revocation>>): Promise<void> {
    return this.#set({ ...this.#store.content.settings, revocations });
  }

  /** The executables of programs that had a session, the latest first. */
  keepKnownPrograms(knownPrograms: readonly string[]): void {
    void this.#set({ ...this.#store.content.settings, knownPrograms: [...knownPrograms] });
  }

  /** A person confirmed the command with this hash. */
  keepConfirmedCommand(purpose: CommandPurpose, hash: string): void {
    const { settings } = this.#store.content;
    const hashes = [hash, ...settings.confirmedCommands[purpose].filter((known) => known !== hash)].slice(0, confirmedCommandsMax);
    void this.#set({ ...settings, confirmedCommands: { ...settings.confirmedCommands, [purpose]: hashes } });
  }

  /** Keeps how far the rotation of a profile's access key has come, or with null that it has ended. Resolves as above. */
  keepRotation(profile: string, rotation: KeptRotation | null): Promise<void> {
    const { [profile]: _before, ...others } = this.#store.content.settings.rotations;
    return this.#set({ ...this.#store.content.settings, rotations: rotation === null ? others : { ...others, [profile]: rotation } });
  }

  /** Null forgets the date of an earlier key, when AWS does not give that of the present one. */
  rememberAccessKeyDate(profile: string, date: Settings['accessKeyDates'][string] | null): void {
    const { settings } = this.#store.content;
    const { [profile]: _before, ...others } = settings.accessKeyDates;
    const before = Object.hasOwn(settings.accessKeyDates, profile) ? (settings.accessKeyDates[profile] ?? null) : null;
    if (!isDeepStrictEqual(before, date)) void this.#set({ ...settings, accessKeyDates: date === null ? others : { ...others, [profile]: date } });
  }

  /** A session of the profile was started: it was used last, and its account is known from now on. */
  rememberUse(profile: string, { accountId, accountAlias }: Pick<Identity, 'accountId' | 'accountAlias'>): void {
    const { settings } = this.#store.content;
    const known = settings.accounts[accountId] ?? unmarked;
    const recents = [profile, ...settings.recents.filter((name) => name !== profile)].slice(0, recentProfilesMax);
    const next = {
      recents,
      profileAccounts: { ...settings.profileAccounts, [profile]: accountId },
      // Keep the known alias when AWS could not be asked for it.
      accounts: { ...settings.accounts, [accountId]: { ...known, alias: accountAlias ?? known.alias } },
    };
    if (!isDeepStrictEqual(next, { recents: settings.recents, profileAccounts: settings.profileAccounts, accounts: settings.accounts })) {
      void this.#set({ ...settings, ...next });
    }
  }

  /** Whose credentials an access portal gave last, by the ID of its sign-in. */
  rememberPortalUser(signInId: string, user: string): void {
    const { settings } = this.#store.content;
    void this.#set({ ...settings, portalUsers: { ...settings.portalUsers, [signInId]: user } });
  }

  rememberUpdates(changes: Partial<KeptUpdates>): void {
    const { settings } = this.#store.content;
    void this.#set({ ...settings, updates: { ...settings.updates, ...changes } });
  }

  #set(settings: Settings): Promise<void> {
    this.#store.change(settingsContent(settings, this.#systemLanguages));
    return this.#keep(settings);
  }

  async #keep(settings: Settings): Promise<void> {
    const written = await this.#keeper.write(settings);
    if (!written.ok) this.#store.notify({ kind: 'failed', profile: null, error: written.error });
  }
}

/** The part of the state that follows from the settings. */
export function settingsContent(settings: Settings, systemLanguages: readonly string[]): Pick<UiStateContent, 'settings' | 'language'> {
  return { settings, language: languageFor(settings.language, systemLanguages) };
}

/** A parsed request may have a key without a value, which means no change. */
function withoutUndefined<T extends object>(change: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
