import type { PortalAccount, PortalAccountsStep, PortalRole, ProfilesPreview } from '../../contract/sign-in.ts';
import { editAwsFile } from '../../aws/files/config-file.ts';
import type { AwsFiles } from '../../aws/files/environment.ts';
import { namesForRoles, type PortalProfile, portalProfileLines, withPortalProfiles } from '../../core/profiles/portal-entries.ts';
import type { IdentityCenterPlace } from '../../core/sign-in/sign-in-places.ts';
import type { UsedPlaces } from '../sign-in/used-places.ts';
import type { Sheets } from '../state/sheets.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';
import type { PortalAccounts } from './portal-accounts.ts';

/** No more often does a list that grows go to the windows, in milliseconds. */
const shownEveryMs = 400;

type Shown = Extract<PortalAccountsStep, { kind: 'shown' }>;

type Parts = {
  readonly store: UiStateStore;
  readonly sheets: Sheets;
  readonly files: AwsFiles;
  readonly places: Pick<UsedPlaces, 'placeOf'>;
  readonly portalAccounts: PortalAccounts;
  /** The names that entries of the AWS files and keys in the keychain have. */
  readonly namesTaken: () => Promise<ReadonlySet<string>>;
  readonly loadConfig: () => Promise<void>;
};

/** The accounts and roles of an access portal, in a sheet in front of the panel, and writing profiles for some. */
export class PortalAccountsSheet {
  readonly #parts: Parts;
  #asking: AbortController | null = null;
  /** The way to the open sheet. */
  #step: (step: PortalAccountsStep) => void = () => {};
  /** What the preview would write, and of which portal. */
  #previewed: { readonly place: IdentityCenterPlace; readonly profiles: readonly PortalProfile[] } | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
    // What nobody looks at is not asked for.
    parts.store.subscribe(({ sheet }) => {
      if (sheet?.kind !== 'portal-accounts') this.#asking?.abort();
    });
  }

  /** Opens the sheet with what is known, and asks for the rest. */
  async show(signInId: string): Promise<void> {
    const { places, sheets, portalAccounts } = this.#parts;
    const place = places.placeOf(signInId);
    if (place?.way !== 'identity-center') return;
    const known = portalAccounts.known(place);
    const step: PortalAccountsStep = known === null ? { kind: 'asking' } : { kind: 'shown', ...known, asking: false, error: null, preview: null };
    this.#asking?.abort();
    [this.#asking, this.#previewed] = [null, null];
    this.#step = sheets.open<'portal-accounts'>({ kind: 'portal-accounts', signInId, name: place.name, step });
    if (!portalAccounts.isFresh(place)) await this.#ask(place);
  }

  async refresh(): Promise<void> {
    const place = this.#place();
    if (place !== null) await this.#ask(place);
  }

  /** Shows what profiles of these roles would look like; none leads back to the list. */
  async preview(chosen: readonly PortalRole[]): Promise<void> {
    const { step, place } = this.#shown() ?? {};
    if (step === undefined || place === undefined) return;
    const toSheet = this.#step;
    const preview = chosen.length === 0 ? null : await this.#previewOf(place, step, chosen);
    // Another sheet may have come meanwhile.
    if (toSheet === this.#step) this.#change({ preview });
  }

  async #previewOf(place: IdentityCenterPlace, { accounts }: Shown, chosen: readonly PortalRole[]): Promise<ProfilesPreview> {
    const { files, store, namesTaken } = this.#parts;
    const taken = await namesTaken();
    const profiles = namesForRoles(chosen, accounts, (name) => taken.has(name) || store.profile(name) !== undefined);
    this.#previewed = { place, profiles };
    const names = profiles.map(({ name }) => name);
    return { file: files.config, names, text: portalProfileLines(place, profiles).join('\n'), written: false, error: null };
  }

  /** Writes what the preview shows, with a backup of the file as it was. */
  async write(): Promise<void> {
    const { files, loadConfig } = this.#parts;
    const { step, place } = this.#shown() ?? {};
    const previewed = this.#previewed;
    if (step === undefined || step.preview === null || step.preview.written || previewed === null || previewed.place.signInId !== place?.signInId) return;
    const edited = await editAwsFile(files.config, (text) => withPortalProfiles(text, previewed.place, previewed.profiles), { backup: true, mode: 0o600 });
    if (edited.ok) await loadConfig();
    this.#change({ preview: { ...step.preview, written: edited.ok, error: edited.ok ? null : edited.error } });
  }

  async #ask(place: IdentityCenterPlace): Promise<void> {
    const { portalAccounts } = this.#parts;
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    this.#change({ asking: true, error: null });
    let shownAt = 0;
    const progress = (soFar: () => readonly PortalAccount[]): void => {
      if (this.#asking !== asking || performance.now() - shownAt < shownEveryMs) return;
      shownAt = performance.now();
      this.#change({ accounts: soFar(), asking: true });
    };
    const asked = await portalAccounts.ask(place, progress, { byUser: true, signal: asking.signal });
    if (this.#asking !== asking) return;
    this.#asking = null;
    if (asked.ok) return this.#change({ ...asked.value, asking: false, error: null });
    const known = portalAccounts.known(place);
    if (known === null || known.accounts.length === 0) this.#step({ kind: 'failed', error: asked.error });
    else this.#change({ ...known, asking: false, error: asked.error });
  }

  #place(): IdentityCenterPlace | null {
    const { shown } = this.#parts.sheets;
    const place = shown?.kind === 'portal-accounts' ? this.#parts.places.placeOf(shown.signInId) : null;
    return place?.way === 'identity-center' ? place : null;
  }

  #shown(): { readonly step: Shown; readonly place: IdentityCenterPlace } | null {
    const { shown } = this.#parts.sheets;
    const place = this.#place();
    return shown?.kind === 'portal-accounts' && shown.step.kind === 'shown' && place !== null ? { step: shown.step, place } : null;
  }

  /** Of what is shown; a list that was none yet begins with its first accounts. */
  #change(change: Partial<Shown>): void {
    const step = this.#shown()?.step;
    if (step !== undefined) this.#step({ ...step, ...change });
    else if (change.accounts === undefined) this.#step({ kind: 'asking' });
    else this.#step({ kind: 'shown', accounts: [], at: null, asking: false, error: null, preview: null, ...change });
  }
}
