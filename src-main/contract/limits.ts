// Limits and lists that every process goes by, the windows included. The schemas of this folder are
// built from them. They stand apart because a window must not load the schemas' library.

/** Both ends are allowed. */
export type Limits = { readonly min: number; readonly max: number };

/** The shells whose export syntax the app writes. `bash` serves zsh and every other POSIX shell too. */
export const exportShells = ['bash', 'fish', 'powershell', 'cmd', 'dotenv'] as const;

/** The colours that accounts are given, the first ones first. The design tokens say what they look like: also for colour-blind eyes no two are alike. */
export const givenColors = ['blue', 'orange', 'purple', 'green', 'teal', 'brown', 'olive', 'gray'] as const;

/** The colours that an account can be marked with. The last two can only be chosen, and are never given: they would look like a warning. */
export const accountColors = [...givenColors, 'red', 'pink'] as const;

/** How many minutes before the end of a session a notification can come, the earliest first. */
export const notifyMinutes = [30, 10, 2] as const;

/** After how many hours the app can remind of what a project has deployed. */
export const reminderHours = [1, 4, 8, 24] as const;

/** After how many seconds copied exports leave the clipboard. */
export const clipboardSeconds: Limits = { min: 5, max: 600 };

/** From which age, in days, the app calls an access key old; 0 for never. */
export const accessKeyWarnDays: Limits = { min: 0, max: 3_650 };

/** `DurationSeconds` for an IAM user (AWS STS API reference, GetSessionToken). */
export const sessionSeconds: Limits = { min: 900, max: 129_600 };

/** `DurationSeconds` for a role (AWS STS API reference, AssumeRole); the role itself may allow less than the maximum. */
export const roleSessionSeconds: Limits = { min: 900, max: 43_200 };

/**
 * The longest role session that is made from another session, in seconds: AWS calls this role
 * chaining, and ends it after an hour (AWS STS API reference, AssumeRole).
 */
export const chainedRoleSecondsMax = 3_600;

export const accountIdPattern = /^\d{12}$/;

/** The name of a role, or of a permission set, without a path (IAM API reference, `roleNameType`). */
export const roleNamePattern = /^[\w+=,.@-]{1,64}$/;

/** A role's ARN, and in it the role's name with its path. */
export const roleArnPattern = /^arn:[\w-]+:iam::\d{12}:role\/(.+)$/;

/** How the user may name an account: 1 to 60 characters that can be seen, none of them a space at an end. */
export const accountNamePattern = /^(?! )[^\p{C}\p{Zl}\p{Zp}]{1,60}(?<! )$/u;

/** How long the name of a profile can be, in characters. */
export const profileNameMax = 512;

/** A profile whose name has what cannot be seen looks like another one, and `profileNameMax` is the longest. */
export function canNameProfile(name: string): boolean {
  return name.length <= profileNameMax && /^[^\p{C}\p{Zl}\p{Zp}]+$/u.test(name);
}

/** IAM API reference, `AccessKey`: 16 to 128 word characters. */
export const accessKeyIdPattern = /^\w{16,128}$/;

/** How wide, and how high, the content of a window is remembered to be, in pixels without zoom. */
export const windowPixels: Limits = { min: 200, max: 20_000 };

/** Wide enough for any secret access key: they have 40 characters today, and AWS documents no length. */
export const secretAccessKeyPattern = /^\S{16,256}$/;

/** The one key of a global shortcut that is no modifier, as Electron names it. */
export const acceleratorKeyPattern = /^(?:[A-Z\d]|F(?:[1-9]|1\d|2[0-4])|Space|Up|Down|Left|Right|Home|End|PageUp|PageDown|Insert)$/;

/**
 * The keys of a global shortcut as Electron names them, such as `Control+Alt+S`, its modifiers in this order; empty for none.
 * With no more than Shift it would take a letter that people type from every program.
 */
export const acceleratorPattern = new RegExp(
  `^(?:(?=.*(?:Control|Alt|Meta)\\+)(?:Control\\+)?(?:Alt\\+)?(?:Shift\\+)?(?:Meta\\+)?${acceleratorKeyPattern.source.slice(1, -1)})?$`,
);

/** As AWS names it, such as `eu-central-1`. */
export const regionPattern = /^[a-z]+(-[a-z]+)+-\d+$/;

/** As the addresses of the AWS console name a service, such as `s3`. */
export const consoleServicePattern = /^[a-z][a-z\d-]{0,63}$/;

/** How errors name what lets a command run without the account guard, and what says which account is meant; a guarded terminal has other ways. */
export const guardOptions = { noGuard: '--no-guard', accountOption: '--account ' } as const;

/** How many digits an MFA code has (AWS STS API reference, `TokenCode`). */
export const mfaCodeLength = 6;
export const mfaCodePattern = new RegExp(`^\\d{${mfaCodeLength}}$`);

/** How many characters the serial number or ARN of an MFA device has (AWS STS API reference, `SerialNumber`). */
export const mfaSerialLength: Limits = { min: 9, max: 256 };

const proxyLengthMax = 2_048;

/**
 * Why a text cannot be kept as the address of the proxy to AWS; null where it can, and for the empty
 * text, which means no proxy. A password would be in the settings' file in clear.
 */
export function proxyComplaint(address: string): 'address' | 'password' | null {
  if (address === '') return null;
  if (address.length > proxyLengthMax || !/^https?:\/\/[^/?#]+\/?$/i.test(address) || !URL.canParse(address)) return 'address';
  return address.includes('@') ? 'password' : null;
}

/** How much can be typed where a question about production accounts wants their names, in characters. */
export const typedMax = 1_024;

/** How many accounts `--account` takes. */
export const accountsMax = 50;

/** How many managed policies a session can have, and how many characters these and its own policy have together (AWS STS API reference, AssumeRole). */
export const sessionPolicyArnsMax = 10;
export const sessionPolicyCharactersMax = 2_048;

/** How *read-only* is called on the command line, in the ledger and in titles. */
export const readOnlyName = 'read-only';

/** The ARN of a managed policy, AWS's own or an account's; it ends with the policy's name. */
export const policyArnPattern = /^arn:[\w-]+:iam::(?:aws|\d{12}):policy\/[\x21-\x7E]{1,600}$/;

/** By which the app knows the policies of a limited session again: a part of the SHA-256 of what they say, in hex. */
export const limitIdPattern = /^[0-9a-f]{40}$/;

/** From where an MFA code comes: from the user, from what the profile says, or from a command of the settings. */
export const codeOrigins = ['profile', 'typing', 'command'] as const;

/** The longest command that the settings take, in characters. */
export const codeCommandMax = 1_000;
