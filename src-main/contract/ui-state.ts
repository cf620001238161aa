import type { AppError } from './app-error.ts';
import type { ExportShell, Settings } from './settings.ts';

/**
 * Everything that the tray and the windows show, and nothing secret. The broker emits a new frozen
 * one, with the next revision, whenever something changed. All times are epoch milliseconds.
 */
export type UiState = {
  readonly revision: number;
  /** The language in use, `settings.language` resolved against the operating system's. */
  readonly language: Language;
  /** In the order of the files; first those of the credentials file. */
  readonly profiles: readonly Profile[];
  /** What is wrong with the AWS configuration files; the rest of them is loaded all the same. */
  readonly problems: readonly AppError[];
  /** The one MFA prompt that is open. */
  readonly prompt: MfaPrompt | null;
  /** How the last hand-off or command went, until it is dismissed or replaced. */
  readonly notice: Notice | null;
  readonly settings: Settings;
  /** The terminals found on this machine, best first. */
  readonly terminals: readonly Terminal[];
  /** The AWS files in use, as full paths. */
  readonly files: { readonly config: string; readonly credentials: string };
};

export type Language = 'en' | 'ja';

/** A user profile: an entry of the AWS files that has an access key. */
export type Profile = {
  readonly name: string;
  readonly region: string | null;
  /** The entry's own `mfa_serial`. */
  readonly mfaSerial: string | null;
  readonly session: SessionState;
};

/** Who a session is for, from GetCallerIdentity and ListAccountAliases. */
export type Identity = {
  /** Twelve digits. */
  readonly accountId: string;
  /** Null when there is none, or `iam:ListAccountAliases` is not allowed. */
  readonly accountAlias: string | null;
  readonly arn: string;
  /** The part of the ARN behind `user/`, or `root`. */
  readonly userName: string;
};

/** A base session that the app holds. Its secrets stay in the vault. */
export type HeldSession = {
  readonly identity: Identity;
  readonly issuedAt: number;
  /** The `Expiration` that AWS returned. */
  readonly expiresAt: number;
};

export type SessionState =
  | { readonly kind: 'none' }
  | { readonly kind: 'awaiting-mfa' }
  | { readonly kind: 'starting' }
  | ({ readonly kind: 'active' } & HeldSession)
  | ({ readonly kind: 'expiring' } & HeldSession)
  | { readonly kind: 'expired'; readonly identity: Identity; readonly expiredAt: number }
  | { readonly kind: 'failed'; readonly error: AppError };

/** The MFA prompt of one profile. The session that it renews, if any, stays as it is meanwhile. */
export type MfaPrompt = {
  readonly promptId: string;
  readonly profile: string;
  readonly purpose: 'start' | 'renew';
  readonly identity: PromptIdentity;
  readonly step: PromptStep;
};

/** Whose code is asked for; GetCallerIdentity is asked while the prompt is open already. */
export type PromptIdentity =
  | { readonly kind: 'asking' }
  | { readonly kind: 'known'; readonly accountId: string; readonly userName: string; readonly arn: string }
  | { readonly kind: 'unknown'; readonly error: AppError };

export type PromptStep =
  | { readonly kind: 'finding-device' }
  /** `devices` may be empty: then the user types the serial. `reason` says why the app has to ask. */
  | { readonly kind: 'choose-device'; readonly devices: readonly string[]; readonly reason: AppError | null }
  /** `refused` is why the last code did not work; its `retryAt` param, if any, when to try again. */
  | { readonly kind: 'enter-code'; readonly serial: string; readonly refused: AppError | null }
  | { readonly kind: 'starting'; readonly serial: string }
  /** AWS could not even be asked for the device; requestSession for the same profile tries again. */
  | { readonly kind: 'failed'; readonly error: AppError };

export type Notice = { readonly noticeId: number; readonly profile: string | null } & (
  | { readonly kind: 'exports-copied'; readonly shell: ExportShell; readonly clearsAt: number }
  | { readonly kind: 'clipboard-cleared' }
  /** `terminal` is the label. */
  | { readonly kind: 'terminal-opened'; readonly terminal: string }
  | { readonly kind: 'session-ended' }
  | { readonly kind: 'failed'; readonly error: AppError }
);

export type Terminal = {
  readonly id: string;
  /** The program's own name, the same in every language. */
  readonly label: string;
};
