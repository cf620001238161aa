import type { AppError } from './app-error.ts';
import type { Desktop } from './desktop/desktop.ts';
import type { GuardReport } from './guard.ts';
import type { Asker, Question } from './question.ts';
import type { AccountColor, ExportShell, Settings } from './settings.ts';
import type { Sheet } from './sheet.ts';
import type { SignIn, SignInPrompt } from './sign-in.ts';
import type { NewVersion } from './desktop/updates.ts';

/**
 * Everything that the tray and the windows show, and nothing secret. The broker emits a new frozen
 * one, with the next revision, whenever something changed. All times are epoch milliseconds.
 */
export type UiState = {
  readonly revision: number;
  /** The language in use, `settings.language` resolved against the operating system's. */
  readonly language: Language;
  /** In the order of the files, those of the credentials file first. */
  readonly profiles: readonly Profile[];
  /** The sessions with session policies, the oldest first. */
  readonly limited: readonly LimitedSession[];
  /** What is wrong with the AWS configuration files, and was wrong with the settings at the start; the rest of them is loaded all the same. */
  readonly problems: readonly AppError[];
  /** What the user had before this app, as long as there has been no session. */
  readonly otherTools: readonly FoundTool[];
  /** Where people sign in with the browser, in the order of the files. */
  readonly signIns: readonly SignIn[];
  /** The one sign-in that waits for a person in the browser. */
  readonly signInPrompt: SignInPrompt | null;
  /** The one MFA prompt that is open. */
  readonly prompt: MfaPrompt | null;
  /** The one question that is asked in a window of its own. */
  readonly question: Question | null;
  /** How the last hand-off or command went, until it is dismissed or replaced. */
  readonly notice: Notice | null;
  readonly settings: Settings;
  /** The terminals found on this machine, best first. */
  readonly terminals: readonly Terminal[];
  /** The AWS files in use, as full paths. */
  readonly files: { readonly config: string; readonly credentials: string };
  /** Every account that a profile, a session, the prompt, the question or a checked project leads to, by its ID. */
  readonly accounts: Readonly<Record<string, Account>>;
  /** What the account guard found last in the projects of `settings.projects`, by folder. */
  readonly checks: Readonly<Record<string, ProjectCheck>>;
  /** What the panel shows in front; null for nothing. */
  readonly sheet: Sheet | null;
  readonly keychain: Keychain;
  /** What the operating system is and has, which decides what the windows offer. */
  readonly desktop: Desktop;
  readonly updates: Updates;
};

/** An account as it is marked everywhere: in the panel, the prompt, the tray and the titles of terminals. */
export type Account = {
  /** Twelve digits. */
  readonly accountId: string;
  /** As the user named it, else its alias; null when it has neither, as far as is known. */
  readonly name: string | null;
  /** As the user set it, else as the account was given it. */
  readonly color: AccountColor;
  readonly production: boolean;
};

/** The account guard's check of a project. */
export type ProjectCheck =
  | { readonly kind: 'checking' }
  | { readonly kind: 'checked'; readonly at: number; readonly report: GuardReport }
  | { readonly kind: 'failed'; readonly error: AppError };

/** A program that keeps or makes AWS credentials too, and has left signs of itself. */
export type FoundTool = {
  readonly tool: 'aws-vault' | 'leapp' | 'granted' | 'awsume' | 'aws-sso-cli';
  /** The profiles whose access keys it seems to keep, in the order of the files, each with the command that prints the key; empty where it keeps none. */
  readonly keysOf: readonly { readonly profile: string; readonly command: string }[];
};

export type Language = 'en' | 'ja';

/** Where a profile with a foreign source gets its temporary credentials from. Of a command only the program: an argument may hold a secret. */
export type ForeignOrigin =
  | { readonly kind: 'temporary-key' }
  | { readonly kind: 'web-identity'; readonly file: string }
  | { readonly kind: 'machine'; readonly from: string }
  | { readonly kind: 'command'; readonly program: string }
  /** A permission set of an account in an access portal; `name` and `signInId` are those of the `SignIn`. */
  | { readonly kind: 'identity-center'; readonly signInId: string; readonly name: string; readonly accountId: string; readonly roleName: string }
  | { readonly kind: 'aws-login'; readonly signInId: string };

/** An entry of the AWS files as the app can use it: a user profile, one with a foreign source, or a role profile whose chain ends in one of them. */
export type ConfiguredProfile = {
  readonly name: string;
  readonly region: string | null;
  /** The entry's own `mfa_serial`. */
  readonly mfaSerial: string | null;
  /** Where the access key of a user profile is; null for the others. */
  readonly accessKey: 'files' | 'keychain' | null;
  /** Where its credentials come from, when neither from an access key nor from another profile; else null. */
  readonly foreign: ForeignOrigin | null;
  /** Null for all but a role profile. */
  readonly role: ProfileRole | null;
  /** The name of the `credential_process` profile that *Install* added to the config file for this one. */
  readonly installedAs: string | null;
};

export type Profile = ConfiguredProfile & { readonly session: SessionState };

/** A role session with session policies, which programs have and the app does not use itself. */
export type LimitedSession = {
  readonly profile: string;
  /** By which the app tells those of one profile apart. */
  readonly limitId: string;
  /** The names of its policies. */
  readonly policies: readonly string[];
  readonly accountId: string;
  readonly arn: string;
  readonly expiresAt: number;
};

/** What a role profile says about its role. */
export type ProfileRole = {
  readonly roleArn: string;
  /** Twelve digits, from the ARN. */
  readonly accountId: string;
  readonly roleName: string;
  /** Its `source_profile`. */
  readonly sourceProfile: string;
  /** The user profile, or the one with a foreign source, at the end of the chain of sources. */
  readonly userProfile: string;
  /** Its `duration_seconds`, else 3,600. */
  readonly durationSeconds: number;
  /** Whether no access key is at the end, so that AWS takes no code and nothing lasts longer than an hour; left out for no. */
  readonly withoutKey?: true;
};

/** Who a session is for, from GetCallerIdentity and ListAccountAliases. */
export type Identity = {
  /** Twelve digits. */
  readonly accountId: string;
  /** Null when there is none, or `iam:ListAccountAliases` is not allowed. */
  readonly accountAlias: string | null;
  readonly arn: string;
  /** The part of the ARN after `user/`, or `root`; for a role session, the name of the role. */
  readonly userName: string;
};

/** A session that the app holds. Its secrets stay in the vault. */
export type HeldSession = {
  readonly identity: Identity;
  /**
   * `code`: made with an MFA code, so the user has to renew it. `session`: a role session made from
   * another session, which is renewed silently while that one lives. `source`: what a foreign source gave, which
   * is asked again.
   */
  readonly origin: 'code' | 'session' | 'source';
  readonly issuedAt: number;
  /** The `Expiration` that AWS returned, or the foreign source. */
  readonly expiresAt: number;
  /** Until when the app renews it by itself, where a sign-in with the browser says so: what is shown in place of `expiresAt`. */
  readonly renewedUntil?: number;
  /** Whether the foreign source says nothing of the end, and `expiresAt` is only when it is asked again; left out for no. */
  readonly endUnknown?: true;
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
  /** The profile whose session the code starts. */
  readonly profile: string;
  /** The profile whose access key and MFA device are used: another one only for a role session straight from the access key. */
  readonly userProfile: string;
  readonly purpose: 'start' | 'renew';
  /** The length that is asked for, in seconds. */
  readonly durationSeconds: number;
  /** The role of a session straight from the access key, which AWS lets last longer than an hour; else null. */
  readonly role: ProfileRole | null;
  /** The role profile that somebody wants to start, and whose session is made from the one that the code starts; null where there is none. */
  readonly wantedFor: { readonly profile: string; readonly role: ProfileRole } | null;
  /** The programs that wait for the code, in the order in which they came. */
  readonly waiting: readonly WaitingProgram[];
  /** When the first of them gives up; null where none waits. */
  readonly answerBy: number | null;
  readonly identity: PromptIdentity;
  /** What the code would pass on its way; null until that is found out. */
  readonly way: WayToAws | null;
  readonly step: PromptStep;
  /** What gives the code in the user's place; null where it is typed. */
  readonly source: PromptSource | null;
};

/** A command that gives the code of the prompt, and how far that is. */
export type PromptSource = {
  /** The program's name. */
  readonly program: string;
  /** Whether each code takes a touch of a key, as far as is known. */
  readonly touch: boolean;
  readonly progress:
    /** A person is asked whether the command may be run. */
    | { readonly kind: 'confirming' }
    /** `slow`: it has not answered for so long that it may wait for the user. */
    | { readonly kind: 'asking' | 'slow' }
    /** Its code is on the way to AWS. */
    | { readonly kind: 'answered' }
    /** Its code had been used, and it is asked again at this time. */
    | { readonly kind: 'waiting'; readonly until: number }
    /** The user types, or AWS refused the code. */
    | { readonly kind: 'stopped' }
    | { readonly kind: 'failed'; readonly error: AppError };
};

/** What of the way to AWS is not AWS's own, as the AWS files, the environment and the settings have it. */
export type WayToAws = {
  /** Who is asked in AWS's place, such as `http://127.0.0.1:4566`; null where it is AWS. */
  readonly endpoint: string | null;
  /** Host and port of the proxy. */
  readonly proxy: string | null;
  /** The file of certificates that are trusted in place of the usual ones. */
  readonly caBundle: string | null;
};

/** A program that asked for credentials and waits for the prompt's code. */
export type WaitingProgram = Asker & {
  /** The profile that it asked for. */
  readonly profile: string;
};

/** Whose code the prompt asks for. GetCallerIdentity is called while the prompt is already open. */
export type PromptIdentity =
  | { readonly kind: 'asking' }
  | { readonly kind: 'known'; readonly accountId: string; readonly userName: string; readonly arn: string }
  | { readonly kind: 'unknown'; readonly error: AppError };

export type PromptStep =
  | { readonly kind: 'finding-device' }
  /** `devices` may be empty: then the user types the serial. `reason` says why the app has to ask. */
  | { readonly kind: 'choose-device'; readonly devices: readonly string[]; readonly reason: AppError | null }
  /** `refused` says why the last code did not work; its `retryAt` param, if any, says when to try again. */
  | { readonly kind: 'enter-code'; readonly serial: string; readonly refused: AppError | null }
  | { readonly kind: 'starting'; readonly serial: string }
  /** AWS could not even be asked for the device; requestSession for the same profile tries again. */
  | { readonly kind: 'failed'; readonly error: AppError };

export type Notice = { readonly noticeId: number; readonly profile: string | null } &
  /** `clearsAt`, in epoch milliseconds, is when the clipboard is cleared of it. */
  (
    | { readonly kind: 'exports-copied'; readonly shell: ExportShell; readonly clearsAt: number }
    | { readonly kind: 'clipboard-cleared' }
    /** `terminal` is the label. */
    | { readonly kind: 'terminal-opened'; readonly terminal: string }
    | { readonly kind: 'session-ended' }
    /** It can still be put back. */
    | { readonly kind: 'project-removed'; readonly folder: string }
    /** `policyName` was removed from the user or role with this ARN. */
    | { readonly kind: 'revocation-removed'; readonly arn: string; readonly policyName: string }
    | { readonly kind: 'console-opened' }
    | { readonly kind: 'access-key-deleted'; readonly accessKeyId: string }
    /** `name` is the entry of the config file. */
    | { readonly kind: 'profile-installed'; readonly name: string }
    | { readonly kind: 'profile-uninstalled'; readonly name: string }
    | { readonly kind: 'access-key-added'; readonly to: 'files' | 'keychain' }
    | { readonly kind: 'access-key-moved'; readonly to: 'files' | 'keychain' }
    /** aws-vault handed out the access keys of these. */
    | { readonly kind: 'keys-brought-over'; readonly profiles: readonly string[] }
    | { readonly kind: 'report-saved'; readonly file: string }
    /** `name` is that of the `SignIn`. */
    | { readonly kind: 'signed-in' | 'signed-out'; readonly name: string }
    | { readonly kind: 'sign-in-address-copied'; readonly name: string; readonly clearsAt: number }
    | { readonly kind: 'failed'; readonly error: AppError }
  );

export type Terminal = {
  readonly id: string;
  /** The program's own name, the same in every language. */
  readonly label: string;
};

/** Whether the operating system's keychain keeps sessions and access keys for the app. */
export type Keychain =
  /** Not asked yet: the app asks when it first has something to keep. */
  | { readonly kind: 'unasked' }
  | { readonly kind: 'available' }
  /** Nothing secret is written; sessions live until the app quits. */
  | { readonly kind: 'unavailable'; readonly error: AppError };

/** What the app knows of newer versions of itself, of which it only tells: it installs nothing. */
export type Updates = {
  /** The project's page, an https address without a slash at its end, null where the build names none; and whether the build has a key for its feed. */
  readonly page: string | null;
  readonly canCheck: boolean;
  readonly step: { readonly kind: 'idle' } | { readonly kind: 'checking' } | { readonly kind: 'failed'; readonly error: AppError };
  readonly newer: NewVersion | null;
};
