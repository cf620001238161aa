import { app, safeStorage } from 'electron';
import type { ErrorCode } from '../../contract/app-error.ts';
import type { Cipher } from '../../core/cipher.ts';
import { Emitter } from '../../core/emitter.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { secretServiceState, unlockSecretService } from '../bus/secret-service.ts';
import type { StringEncryption } from '../runtime/string-encryption.ts';

type KeychainParts = {
  readonly env: NodeJS.ProcessEnv;
  /** Aborts when the app quits. */
  readonly signal: AbortSignal;
};

type ElectronKeychain = Cipher & {
  /** Calls back when the user has answered the keychain's own dialog: what failed for keychain-locked works then. */
  readonly onUnlocked: (listener: () => void) => () => void;
};

/**
 * The operating system's keychain, through Electron's safeStorage. It is not asked before the first
 * call, which must come after `ready`. A locked keychain opens its own dialog, and only once; until
 * it is unlocked, calls fail with keychain-locked.
 */
export function openKeychain(parts: KeychainParts): ElectronKeychain {
  let asking: Promise<ErrorCode | null> | null = null;
  let isAvailable = false;
  let isUnlockAsked = false;
  const unlocked = new Emitter<void>();

  const unlock = async (): Promise<void> => {
    if (isUnlockAsked) return;
    isUnlockAsked = true;
    if (await unlockSecretService(parts.env, parts.signal)) unlocked.emit();
  };
  const ask = async (): Promise<ErrorCode | null> => {
    const away = process.platform === 'linux' ? await linuxKeychainAway(parts) : null;
    if (away === 'keychain-locked') void unlock();
    if (away !== null) return away;
    isAvailable = await (await encryption()).isAvailable();
    return isAvailable ? null : 'keychain-missing';
  };
  /** Null, or why the keychain cannot be used. Simultaneous callers share one answer. */
  const away = async (): Promise<ErrorCode | null> => {
    // Chromium has the key by then, and keeps it whatever happens to the keychain.
    if (isAvailable) return null;
    asking ??= ask().finally(() => (asking = null));
    return asking;
  };

  return {
    state: async () => {
      const code = await away();
      return code === null ? { kind: 'available' } : { kind: 'unavailable', error: appError(code) };
    },
    encrypt: async (text) => {
      const code = await away();
      if (code !== null) return failed(appError(code));
      const bytes = await (await encryption()).encrypt(text);
      return bytes === null ? failed(appError('keychain-missing')) : succeeded(bytes);
    },
    decrypt: async (bytes) => {
      const code = await away();
      if (code !== null) return failed(appError(code));
      const decrypted = await (await encryption()).decrypt(bytes);
      if (decrypted.kind === 'text') return succeeded({ text: decrypted.text, isOutdated: decrypted.isOutdated });
      return failed(appError(decrypted.kind === 'unavailable' ? 'keychain-locked' : 'vault-unreadable'));
    },
    onUnlocked: (listener) => unlocked.on(listener),
  };
}

/** Loaded with the first call, so that the tray need not wait for it. */
async function encryption(): Promise<StringEncryption> {
  const { stringEncryption } = await import('../runtime/string-encryption.ts');
  return stringEncryption(safeStorage, process.platform);
}

/**
 * On Linux, Chromium finds the keychain of the desktops that it knows, and uses none on others (i3,
 * sway, LXQt). The Secret Service may run there too, so it is chosen by name. KDE keeps its KWallet.
 * Call before `ready`.
 */
export function preferSecretService(env: NodeJS.ProcessEnv): void {
  const isKde = [env['XDG_CURRENT_DESKTOP'], env['DESKTOP_SESSION']].some((name) => /kde|plasma/i.test(name ?? '')) || Boolean(env['KDE_FULL_SESSION']);
  if (process.platform !== 'linux' || isKde || app.commandLine.hasSwitch('password-store')) return;
  app.commandLine.appendSwitch('password-store', 'gnome-libsecret');
}

/**
 * Why safeStorage must not be called; null when it may be. While the Secret Service is locked, a
 * synchronous call, which Electron 33 needs, blocks the whole app until the user has answered the
 * dialog, and after that safeStorage reports that it has no key.
 */
async function linuxKeychainAway({ env, signal }: KeychainParts): Promise<ErrorCode | null> {
  const backend = safeStorage.getSelectedStorageBackend();
  if (backend.startsWith('kwallet')) return null;
  // `basic_text` encrypts with a key that is in Chromium's source.
  if (backend !== 'gnome_libsecret') return 'keychain-missing';
  const state = await secretServiceState(env, signal);
  return state === 'unlocked' ? null : `keychain-${state}`;
}
