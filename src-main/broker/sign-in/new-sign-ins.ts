import { editAwsFile } from '../../aws/files/config-file.ts';
import type { AwsFiles } from '../../aws/files/environment.ts';
import type { AppError, Result } from '../../contract/app-error.ts';
import type { CommandRequest } from '../../contract/ipc.ts';
import { type NewSection, withNewSection } from '../../core/aws-files/new-section.ts';
import { Emitter } from '../../core/emitter.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import type { KeptSignIn } from '../../core/sign-in/kept-sign-in.ts';
import { loginSection, newPlace, portalSection } from '../../core/profiles/new-sign-in.ts';
import { awsLoginId, type AwsLoginPlace, type IdentityCenterPlace } from '../../core/sign-in/sign-in-places.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';
import type { UsedPlaces } from './used-places.ts';

type Parts = {
  readonly store: Pick<UiStateStore, 'notify' | 'content'>;
  readonly files: Pick<AwsFiles, 'config'>;
  readonly places: UsedPlaces;
  /** Whether an entry of the AWS files, or a key in the keychain, has that name. */
  readonly isNamed: (profile: string) => Promise<boolean>;
};

/**
 * Makes entries of the config file for people who sign in with the browser and have none. An access portal is written
 * before somebody signs in; a profile of `aws login` afterwards, since its entry says who that was.
 */
export class NewSignIns {
  readonly #parts: Parts;
  readonly #made = new Emitter<string>();
  #load: () => Promise<void> = async () => {};

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** How the AWS files are read once an entry was written. */
  readsBy(load: () => Promise<void>): void {
    this.#load = load;
  }

  /** There is a profile of this name now, and somebody is signed in to it. Returns the way to stop listening. */
  onMade(listener: (profile: string) => void): () => void {
    return this.#made.on(listener);
  }

  /** The sign-in that is to be opened now; null where it cannot be made, which the notice says. */
  async add(request: CommandRequest<'addSignIn'>): Promise<string | null> {
    const place = newPlace(request);
    if (!place.ok) return this.#refuse(place.error);
    const { signInId } = place.value;
    // The page of an open one is for the region that was said first.
    if (this.#parts.store.content.signInPrompt?.signInId === signInId) return signInId;
    const ready = place.value.way === 'aws-login' ? await this.#free(place.value) : await this.#portal(place.value);
    return ready.ok ? signInId : this.#refuse(ready.error);
  }

  /**
   * Writes the entry of whoever signed in, where the place has none yet, before `hold` keeps what came: of a crash in
   * between an entry is left, and no token without one. With the abort of `signal` nobody wants it any more. Fails with
   * `profile-exists` `{profile}` or `sign-in-closed` `{name}`, and as `editAwsFile` does.
   */
  async hold(kept: KeptSignIn, hold: (kept: KeptSignIn) => Promise<unknown>, signal: AbortSignal): Promise<Result<null>> {
    const { places } = this.#parts;
    const place = places.proposed(kept.signInId);
    if (place === null) return hold(kept).then(() => succeeded(null));
    const arn = kept.identity?.name ?? '';
    const written = await this.#login(place, arn, signal);
    if (!written.ok) return written;
    if (signal.aborted) return failed(appError('sign-in-closed', { name: place.name }));
    // The entry says who it is, and with that which place.
    await hold({ ...kept, signInId: awsLoginId(place.name, arn) });
    await this.#load();
    places.withdraw(place.signInId);
    this.#made.emit(place.name);
    return succeeded(null);
  }

  async #login(place: AwsLoginPlace, arn: string, signal: AbortSignal): Promise<Result<null>> {
    const free = await this.#free(place);
    return free.ok ? this.#write(loginSection(place, arn), appError('profile-exists', { profile: place.name }), signal) : free;
  }

  async #free(place: AwsLoginPlace): Promise<Result<null>> {
    const { places, isNamed } = this.#parts;
    if (await isNamed(place.name)) return failed(appError('profile-exists', { profile: place.name }));
    places.propose(place);
    return succeeded(null);
  }

  /** A portal that the files have under another name is the same place. */
  async #portal(place: IdentityCenterPlace): Promise<Result<null>> {
    if (this.#parts.places.placeOf(place.signInId) !== null) return succeeded(null);
    const written = await this.#write(portalSection(place), appError('sso-session-exists', { name: place.name }));
    if (written.ok) await this.#load();
    return written;
  }

  async #write(section: NewSection, taken: AppError, signal: AbortSignal | null = null): Promise<Result<null>> {
    const edited = await editAwsFile(
      this.#parts.files.config,
      (text) => {
        // The file may have been busy for seconds.
        if (signal?.aborted === true) return failed(appError('sign-in-closed', { name: section.entry }));
        const outcome = withNewSection(text, section);
        return outcome === 'taken' ? failed(taken) : succeeded(outcome.text);
      },
      { backup: true, mode: 0o600 },
    );
    return edited.ok ? succeeded(null) : edited;
  }

  #refuse(error: AppError): null {
    this.#parts.store.notify({ kind: 'failed', profile: null, error });
    return null;
  }
}
