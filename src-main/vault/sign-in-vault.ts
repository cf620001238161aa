import type { AppError } from '../contract/app-error.ts';
import type { Cipher } from '../core/cipher.ts';
import { SerialQueue } from '../core/serial-queue.ts';
import type { ClientRegistration } from '../core/sign-in/kept-sign-in.ts';
import type { HeldSignIn } from '../core/sign-in/sign-in-life.ts';
import { EncryptedFile } from './encrypted-file.ts';
import { parseSignIns, signInsText } from './kept-sign-ins.ts';

/**
 * What people signed in for with the browser, in private fields and in one encrypted file, so that a restart opens no
 * browser. Memory changes at once; a change is done when the file has it, or cannot have it.
 */
export class SignInVault {
  readonly #file: EncryptedFile;
  readonly #signIns = new Map<string, HeldSignIn>();
  readonly #registrations = new Map<string, ClientRegistration>();
  /** Changed before the file could be read: what it says about them is out of date. */
  readonly #changedBeforeRead = new Set<string>();
  readonly #queue = new SerialQueue();
  #isRead = false;
  #isUnwritten = false;
  #isDisposed = false;

  /** `file` is a full path; its folder need not exist. */
  constructor(parts: { readonly cipher: Cipher; readonly file: string }) {
    this.#file = new EncryptedFile(parts);
  }

  /**
   * Reads what an earlier start kept; after keychain-locked it may be called again. Problems: keychain-missing and
   * keychain-locked (the file stays), vault-unreadable (it was moved aside), vault-unwritable.
   */
  restore(): Promise<AppError | null> {
    return this.#queue.run(async () => {
      const problem = await this.#read();
      // What could not be written while the keychain was locked.
      return problem === null && this.#isUnwritten ? this.#write() : problem;
    });
  }

  /** All that people signed in for, at places of which the AWS files say nothing any more, too. */
  all(): readonly HeldSignIn[] {
    return [...this.#signIns.values()];
  }

  keptOf(signInId: string): HeldSignIn | null {
    return this.#signIns.get(signInId) ?? null;
  }

  registrationOf(signInId: string): ClientRegistration | null {
    return this.#registrations.get(signInId) ?? null;
  }

  /** Problems: those of `restore`. Memory has it all the same. */
  keep(kept: HeldSignIn): Promise<AppError | null> {
    return this.#change(kept.signInId, () => this.#signIns.set(kept.signInId, kept));
  }

  forget(signInId: string): Promise<AppError | null> {
    return this.#change(signInId, () => this.#signIns.delete(signInId));
  }

  keepRegistration(signInId: string, registration: ClientRegistration): Promise<AppError | null> {
    return this.#change(registrationKey(signInId), () => this.#registrations.set(signInId, registration));
  }

  forgetRegistration(signInId: string): Promise<AppError | null> {
    return this.#change(registrationKey(signInId), () => this.#registrations.delete(signInId));
  }

  /** Forgets all of which this is true. Problems: those of `restore`. */
  async forgetOver(isOver: {
    readonly signIn: (kept: HeldSignIn) => boolean;
    readonly registration: (registration: ClientRegistration) => boolean;
  }): Promise<AppError | null> {
    const signIns = this.all().filter(isOver.signIn);
    const registrations = [...this.#registrations].filter(([, registration]) => isOver.registration(registration));
    const changes = [...signIns.map(({ signInId }) => this.forget(signInId)), ...registrations.map(([id]) => this.forgetRegistration(id))];
    return (await Promise.all(changes)).find((problem) => problem !== null) ?? null;
  }

  /** Empties memory, once the file has all of it. */
  async dispose(): Promise<void> {
    await this.#queue.run(async () => undefined);
    this.#isDisposed = true;
    this.#signIns.clear();
    this.#registrations.clear();
  }

  #change(key: string, change: () => unknown): Promise<AppError | null> {
    if (!this.#isRead) this.#changedBeforeRead.add(key);
    change();
    return this.#queue.run(async () => (this.#isDisposed ? null : this.#write()));
  }

  async #write(): Promise<AppError | null> {
    // Read first: if a locked keychain kept the file from being read, writing now would lose what it has.
    this.#isUnwritten = true;
    const unread = await this.#read();
    if (!this.#isRead) return unread;
    const content = { signIns: this.#signIns, registrations: this.#registrations };
    const isEmpty = this.#signIns.size === 0 && this.#registrations.size === 0;
    const written = await this.#file.write(isEmpty ? null : signInsText(content));
    this.#isUnwritten = !written.ok;
    return written.ok ? null : written.error;
  }

  async #read(): Promise<AppError | null> {
    if (this.#isRead) return null;
    const stored = await this.#file.read(parseSignIns);
    if (!stored.ok) {
      // An unreadable file was moved aside, so nothing can be lost by writing a new one.
      this.#isRead = stored.error.code === 'vault-unreadable';
      return stored.error;
    }
    this.#isRead = true;
    for (const [id, kept] of stored.value?.signIns ?? []) if (!this.#changedBeforeRead.has(id)) this.#signIns.set(id, kept);
    for (const [id, registration] of stored.value?.registrations ?? []) {
      if (!this.#changedBeforeRead.has(registrationKey(id))) this.#registrations.set(id, registration);
    }
    return null;
  }
}

/** Beside the IDs of sign-ins, none of which begins like this. */
function registrationKey(signInId: string): string {
  return `registration ${signInId}`;
}
