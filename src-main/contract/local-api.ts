import { z } from 'zod';
import type { AppError } from './app-error.ts';
import type { GuardReport } from './guard.ts';
import { historyDefault, historyMax, type HistoryRecord } from './ledger.ts';
import { AccessKeyId, Folder, MfaCode, ProfileName, Region, Workspace } from './ipc.ts';
import { accountsMax, consoleServicePattern, sessionSeconds } from './limits.ts';
import { RelayRequest } from './relay.ts';
import { LimitId, SessionPolicies } from './session-policies.ts';
import type { AccessKeys, Activity, RevocationPreview } from './sheet.ts';
import type { PortalAccount, SignIn } from './sign-in.ts';
import type { WayToAws } from './ui-state.ts';
import { AccountId, AccountMarks, type AccountColor, TerminalCredentials, wholeNumber } from './settings.ts';
import { ProjectReading } from './terraform-project.ts';

// What other programs of the same user may ask of the running app: HTTP over a Unix socket, or a
// named pipe on Windows. Every request is a POST of JSON to `/v1/<name>`; `credential-process` and `exec` are
// a GET with the same fields in the query, so that a shell script can ask with curl alone. A success
// is 200 with the answer, a failure any other status with an `ApiFailure`. What cannot be taken back, or
// opens what the app guards, is confirmed by a person in the app's own window first: `bind`, `revoke`,
// `remove-revocation`, `rotate`, `delete-old-key`, `console`, and `install` and `uninstall` of what is in place.

/** How long a program waits for an MFA code, in seconds: the Go SDK ends a `credential_process` after 60. */
export const mfaWaitSeconds = 55;

/** How many events of a session are returned by default, and how many at most. */
export const activityDefault = 50;
export const activityMax = 1_000;

/** The largest size of a request, in bytes, and of one that carries what was read of a whole project. */
export const requestBytesMax = 16_384;
export const projectBytesMax = 8_388_608;

/** How many words a command line of `exec` may have for the app to find out what it needs. */
const wordsMax = 500;

/** The process that waits for the answer, as the prompt names it. */
const Pid = z.coerce.number().int().min(1).max(4_194_304_000);
const WaitSeconds = z.coerce.number().min(0).max(mfaWaitSeconds);
const RunKind = z.enum(['apply', 'destroy']);
export type RunKind = z.infer<typeof RunKind>;
/** Whether programs are to find the chosen profile alone, and no other one of the app's. */
const Only = z.literal(true).optional();
const MinLeftSeconds = wholeNumber({ min: 0, max: sessionSeconds.max });

const Place = z.strictObject({ path: z.string().min(1).max(4096), isNamed: z.boolean() });

/** Where the AWS files are for whoever asks, and whether a variable says so. */
export const CallerFiles = z.strictObject({ config: Place, credentials: Place });
export type CallerFiles = z.infer<typeof CallerFiles>;

/** The header in which the command line sends `CallerFiles`, as JSON in the form of `encodeURIComponent`. */
export const callerFilesHeader = 'sts-tray-aws-files';

export const requestSchemas = {
  status: z.strictObject({}),
  /** Without a code the MFA prompt opens, and the answer comes when it closes. */
  login: z.strictObject({
    profile: ProfileName,
    code: MfaCode.optional(),
    /** The program of the source that gives the code in place of the prompt; not with `code`. */
    codeFrom: z.string().min(1).max(100).optional(),
    durationSeconds: wholeNumber(sessionSeconds).optional(),
    /** For a session that has these policies, of a role profile. It lasts an hour at most, so not with `durationSeconds`. */
    policies: SessionPolicies.optional(),
    callerLimit: LimitId.optional(),
    pid: Pid.optional(),
  }),
  /** What a code for the profile would pass on its way to AWS. */
  'way-to-aws': z.strictObject({ profile: ProfileName, durationSeconds: wholeNumber(sessionSeconds).optional() }),
  /** `all` ends every session. */
  logout: z.union([z.strictObject({ profile: ProfileName }), z.strictObject({ all: z.literal(true) })]),
  /**
   * `run` is the run of the relay that the caller belongs to, and `callerLimit` the limit of the terminal or run:
   * what has a limited session gets no other. `limit` is the limit that the line in the configuration asks for.
   */
  'credential-process': z.strictObject({
    profile: ProfileName,
    pid: Pid.optional(),
    waitSeconds: WaitSeconds.optional(),
    run: z.uuid().optional(),
    limit: LimitId.optional(),
    callerLimit: LimitId.optional(),
  }),
  /** The variables of `exec` and `export`. A session with less time left than `minLeftSeconds` is renewed first. */
  'hand-off': z.strictObject({
    profile: ProfileName,
    credentials: TerminalCredentials,
    only: Only,
    minLeftSeconds: MinLeftSeconds.optional(),
    /** The run of Terraform that they are for; the app remembers how long it takes. */
    run: z.strictObject({ folder: Folder, workspace: Workspace, kind: RunKind }).optional(),
    /** What `exec` is about to become under the same process ID: the name and at most one more word, and the folder. */
    program: z.strictObject({ command: z.string().min(1).max(60), folder: Folder }).optional(),
    /** Whether the command may start Terraform, at which the guard has not looked yet. */
    guards: z.boolean().optional(),
    /** Sends the command's calls of STS through the account relay. */
    relay: RelayRequest.optional(),
    /** The run of the relay that `export` or `exec` is called in. */
    within: z.uuid().optional(),
    /** For a session that has these policies, of a role profile. */
    policies: SessionPolicies.optional(),
    callerLimit: LimitId.optional(),
    pid: Pid.optional(),
  }),
  /**
   * What the launcher has to do to become the command of `exec`. `word` is its command line; `pid` is the launcher
   * itself, of which the app reads folder and environment; `terminal` says which of its standard streams end at one.
   */
  exec: z.strictObject({ word: z.array(z.string()).min(1).max(wordsMax), pid: Pid, terminal: z.enum(['none', 'errors', 'both']) }),
  /** Held for as long as a run of the relay lasts, by a process that waits for it; answered when the app ends the run. */
  'relay-run': z.strictObject({ run: z.uuid() }),
  /** Which accounts a project reaches; every provider has to reach one of `accounts`, `run` is what is about to start. */
  check: z.strictObject({
    profile: ProfileName,
    reading: ProjectReading,
    accounts: z.array(AccountId).min(1).max(accountsMax).optional(),
    run: RunKind.optional(),
    only: Only,
    /** Whether the run's calls of STS would go through the account relay, if the user has it turned on. */
    relay: z.boolean().optional(),
    pid: Pid.optional(),
  }),
  /** Remembers which accounts a project is meant for. */
  bind: z.strictObject({
    profile: ProfileName,
    folder: Folder,
    workspace: Workspace,
    accountIds: z.array(AccountId).min(1).max(accountsMax),
    pid: Pid.optional(),
  }),
  terminal: z.strictObject({
    profile: ProfileName,
    directory: z.string().min(1).max(4096),
    policies: SessionPolicies.optional(),
    callerLimit: LimitId.optional(),
    only: Only,
    pid: Pid.optional(),
  }),
  /** `inPlace`: the profile itself, under its own name, which a person confirms. */
  install: z.strictObject({ profile: ProfileName, inPlace: z.literal(true).optional(), pid: Pid.optional() }),
  /**
   * `all`: every entry of this app. Where an access key comes back out of the keychain a person has to confirm it, and
   * without `confirm` the answer only says so.
   */
  uninstall: z.union([
    z.strictObject({ profile: ProfileName, confirm: z.literal(true).optional(), pid: Pid.optional() }),
    z.strictObject({ all: z.literal(true), confirm: z.literal(true).optional(), pid: Pid.optional() }),
  ]),
  /** Records of the ledger, the latest first. */
  history: z.strictObject({
    profile: ProfileName.optional(),
    account: AccountId.optional(),
    /** Part of the name of a program that got credentials. */
    program: z.string().min(1).max(60).optional(),
    since: z.iso.datetime().optional(),
    limit: z.number().int().min(1).max(historyMax).default(historyDefault),
  }),
  /** What a session did, according to CloudTrail; without an access key ID, the profile's current or last session. */
  activity: z.strictObject({
    profile: ProfileName,
    accessKeyId: AccessKeyId.optional(),
    regions: z.array(Region).min(1).max(40).optional(),
    limit: z.number().int().min(1).max(activityMax).default(activityDefault),
    pid: Pid.optional(),
  }),
  /** What `revoke` would do. Starts no session. */
  revocation: z.strictObject({ profile: ProfileName }),
  revoke: z.strictObject({ profile: ProfileName, pid: Pid.optional() }),
  /** Removes the policy that was written for the profile's user or role. */
  'remove-revocation': z.strictObject({ profile: ProfileName, pid: Pid.optional() }),
  'access-keys': z.strictObject({ profile: ProfileName, pid: Pid.optional() }),
  /** Rotates the access key, up to the deactivation of the old one. */
  rotate: z.strictObject({ profile: ProfileName, pid: Pid.optional() }),
  'delete-old-key': z.strictObject({ profile: ProfileName, pid: Pid.optional() }),
  /** Opens the AWS console in the browser, or only returns its address. */
  console: z.strictObject({
    profile: ProfileName,
    service: z.string().regex(consoleServicePattern).optional(),
    addressOnly: z.boolean().optional(),
    callerLimit: LimitId.optional(),
    pid: Pid.optional(),
  }),
  /** Every account that the app knows of. */
  accounts: z.strictObject({}),
  'mark-account': AccountMarks.extend({ pid: Pid.optional() }),
  'sign-ins': z.strictObject({}),
  /** The accounts and roles of an access portal; without a name of the only one. Somebody signs in first where nobody is. */
  'portal-roles': z.strictObject({ name: z.string().min(1).max(2_048).optional() }),
  /** Opens the page of a profile's sign-in for any device. */
  'sign-in-page': z.strictObject({ profile: ProfileName }),
  /** What that page gave to type. */
  'sign-in-code': z.strictObject({ promptId: z.string().min(1).max(64), code: z.string().min(1).max(8_192) }),
  /** Of the sign-in of this name, or of this profile; the only one without. */
  'sign-out': z.strictObject({ name: z.string().min(1).max(2_048).optional() }),
  panel: z.strictObject({}),
  /** What the app knows that helps to find a fault. Nothing is sent anywhere, and no secret is in it. */
  report: z.strictObject({ showAccounts: z.boolean().optional() }),
} as const;

/** Requests of the launcher, which are a GET; and those of their fields that may be there more than once. */
export const launcherRequests: Readonly<Record<string, readonly string[]>> = { 'credential-process': [], exec: ['word'] };

export type ApiName = keyof typeof requestSchemas;
export const apiNames = Object.keys(requestSchemas) as readonly ApiName[];
export type ApiRequest<N extends ApiName> = z.infer<(typeof requestSchemas)[N]>;

/** A session as `sts-tray status --json` prints it. */
export type SessionStatus = {
  readonly profile: string;
  readonly kind: 'base' | 'role';
  readonly accountId: string;
  readonly accountAlias: string | null;
  readonly arn: string;
  /** ISO 8601 in UTC. */
  readonly expiration: string;
  readonly secondsLeft: number;
  /** The names of its session policies; left out for a session that has all that its user or role may. */
  readonly policies?: readonly string[];
};

/** A sign-in as `sts-tray sign-ins --json` prints it. */
export type SignInStatus = Pick<SignIn, 'name' | 'way' | 'startUrl' | 'region' | 'profiles'> & {
  readonly state: SignIn['state']['kind'];
  /** Who signed in; null where nobody is, or it is not known. */
  readonly who: string | null;
  /** ISO 8601 in UTC; null where it is not known. */
  readonly ends: string | null;
};

/** An account as `sts-tray account --json` prints it. */
export type ListedAccount = {
  readonly accountId: string;
  /** As the user named it. */
  readonly name: string | null;
  /** As AWS last returned it. */
  readonly alias: string | null;
  /** As the user set it, else as the account was given it. */
  readonly color: AccountColor;
  readonly production: boolean;
  /** The profiles whose sessions are for it. */
  readonly profiles: readonly string[];
  /** The folders of the Terraform projects that are bound to it, reached it or have something deployed in it. */
  readonly projects: readonly string[];
};

/** What `credential_process` prints (AWS SDKs and Tools Reference Guide, "Process credential provider"). */
export type ProcessCredentials = {
  readonly Version: 1;
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly SessionToken: string;
  /** ISO 8601 in UTC. */
  readonly Expiration: string;
  readonly AccountId: string;
};

export type ApiAnswers = {
  readonly status: { readonly sessions: readonly SessionStatus[] };
  readonly login: SessionStatus;
  readonly 'way-to-aws': WayToAws;
  readonly logout: { readonly ended: readonly string[] };
  readonly 'credential-process': ProcessCredentials;
  readonly 'hand-off': {
    readonly accountId: string;
    readonly kind: SessionStatus['kind'];
    /** Variables to set, in this order. */
    readonly set: readonly (readonly [name: string, value: string])[];
    /** Variables that would win over those. */
    readonly unset: readonly string[];
    /** ISO 8601 in UTC; for `renewable` credentials, when the session behind them ends. */
    readonly expiration: string;
    /** The folder with the programs that belong in front of PATH: null on Windows, and where neither `guards` nor the relay needs it. */
    readonly guardFolder: string | null;
    /** A FIFO that the run holds open until it ends, so that the app notices the end; null when none is needed. */
    readonly runFifo: string | null;
    /** The run of the relay; null when the command's calls go straight to STS. */
    readonly relayRun: string | null;
    /** Whether `set` has a key with which the run can only assume roles. */
    readonly rolesOnly: boolean;
  };
  /** Of the lines that `core/hand-offs/launcher-lines.ts` tells of. */
  readonly exec: { readonly text: string };
  readonly 'relay-run': Readonly<Record<string, never>>;
  readonly check: {
    readonly report: GuardReport;
    /** Set when a session is likely to end before the run: whose it is, and how long the longest earlier run took; else null. */
    readonly shortRunway: { readonly profile: string; readonly leftSeconds: number; readonly longestRunSeconds: number } | null;
  };
  readonly bind: Readonly<Record<string, never>>;
  /** The terminal's own name. */
  readonly terminal: { readonly terminal: string };
  /** `name` is the entry of the config file; `backup` is the copy made beforehand, null when nothing had to change. */
  readonly install: { readonly name: string; readonly file: string; readonly backup: string | null };
  /** `entries` are as above; `needsPerson` where nothing was done because a person has to confirm it. */
  readonly uninstall: {
    readonly entries: readonly { readonly name: string; readonly file: string; readonly backup: string | null }[];
    readonly needsPerson: boolean;
  };
  readonly history: { readonly records: readonly HistoryRecord[] };
  readonly activity: Activity;
  readonly revocation: RevocationPreview;
  readonly revoke: RevocationPreview;
  /** The ARN of the user or role. */
  readonly 'remove-revocation': { readonly arn: string };
  readonly 'access-keys': AccessKeys;
  readonly rotate: AccessKeys;
  readonly 'delete-old-key': AccessKeys;
  /** The address is a secret for 15 minutes; null when the browser has it. */
  readonly console: { readonly url: string | null };
  readonly accounts: { readonly accounts: readonly ListedAccount[] };
  readonly 'mark-account': { readonly account: ListedAccount };
  readonly 'sign-ins': { readonly signIns: readonly SignInStatus[] };
  readonly 'portal-roles': { readonly name: string; readonly accounts: readonly PortalAccount[] };
  /** Null where somebody is signed in. */
  readonly 'sign-in-page': {
    readonly page: { readonly promptId: string; readonly name: string; readonly address: string; readonly code: string | null } | null;
  };
  readonly 'sign-in-code': Readonly<Record<string, never>>;
  readonly 'sign-out': { readonly name: string };
  readonly panel: Readonly<Record<string, never>>;
  readonly report: { readonly text: string };
};

/** `sentences` says it in the app's language, for a caller without catalogues. */
export type ApiFailure = { readonly error: AppError; readonly sentences: string };
