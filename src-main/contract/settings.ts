import { z } from 'zod';
import {
  accessKeyWarnDays,
  accountColors,
  accountIdPattern,
  accountNamePattern,
  acceleratorPattern,
  clipboardSeconds,
  codeCommandMax,
  codeOrigins,
  exportShells,
  notifyMinutes,
  proxyComplaint,
  reminderHours,
  sessionSeconds,
  windowPixels,
  type Limits,
} from './limits.ts';

export const AccountId = z.string().regex(accountIdPattern);

export const ExportShell = z.enum(exportShells);
export type ExportShell = z.infer<typeof ExportShell>;

/** `system` follows the operating system's language. */
export const LanguageChoice = z.enum(['system', 'en', 'ja']);
export type LanguageChoice = z.infer<typeof LanguageChoice>;

/**
 * What a terminal gets. `renewable`: a way to ask the app for credentials each time, so that a renewed
 * session works in it at once. `static`: the credentials of one session, in its environment.
 */
export const TerminalCredentials = z.enum(['renewable', 'static']);
export type TerminalCredentials = z.infer<typeof TerminalCredentials>;

/** `system` follows the operating system's theme. */
export const ThemeChoice = z.enum(['system', 'light', 'dark']);
export type ThemeChoice = z.infer<typeof ThemeChoice>;

export const AccountColor = z.enum(accountColors);
export type AccountColor = z.infer<typeof AccountColor>;

export const AccountName = z.string().regex(accountNamePattern);

const NotifyMinutes = z.literal(notifyMinutes);
export type NotifyMinutes = z.infer<typeof NotifyMinutes>;

/** A whole number. */
export const wholeNumber = ({ min, max }: Limits) => z.number().int().min(min).max(max);

/**
 * What is known of each of several things, by names that others chose. Unlike `z.record` it keeps `__proto__`, which may
 * be the name of a profile or of a workspace as any other.
 */
export function byName<V extends z.ZodType>(value: V) {
  return z.unknown().transform((given, context): Record<string, z.output<V>> => {
    if (typeof given !== 'object' || given === null || Array.isArray(given)) {
      context.addIssue({ code: 'invalid_type', expected: 'record', input: given });
      return z.NEVER;
    }
    const entries = Object.entries(given).map(([name, entry]) => [name, value.safeParse(entry)] as const);
    for (const [name, { error }] of entries)
      for (const { path, message } of error?.issues ?? []) context.addIssue({ code: 'custom', path: [name, ...path], message });
    return Object.fromEntries(entries.flatMap(([name, { data }]) => (data === undefined ? [] : [[name, data] as const])));
  });
}

const colorNames: ReadonlySet<unknown> = new Set(accountColors);

/** What `z.record` would take, checked in less time: it has an entry for each account that was ever shown, which may be thousands, and is read at each start. */
const GivenColors = z.custom<Record<string, AccountColor>>(
  (given) =>
    typeof given === 'object' &&
    given !== null &&
    !Array.isArray(given) &&
    Object.entries(given).every(([accountId, color]) => accountIdPattern.test(accountId) && colorNames.has(color)),
);

/** From where the codes of an MFA device come, as the user chose. */
export const CodeSource = z.strictObject({
  /** `profile`: from the `mfa_process` of the profile, where it has one, else by typing. */
  from: z.enum(codeOrigins),
  /** The command; used with `command` alone. */
  line: z.string().max(codeCommandMax),
  /** Whether each code takes a touch of a key, as the user says. */
  touch: z.boolean(),
});
export type CodeSource = z.infer<typeof CodeSource>;

/** What the settings window shows, each with its limits. */
const choices = {
  language: LanguageChoice,
  /** Length asked of GetSessionToken, in seconds. */
  sessionSeconds: wholeNumber(sessionSeconds),
  exportShell: ExportShell,
  /** A terminal's id (see `UiState.terminals`), or `auto` for the first one found. */
  terminal: z.string().max(40),
  terminalCredentials: TerminalCredentials,
  clipboardSeconds: wholeNumber(clipboardSeconds),
  /** When to notify of a session's end, in minutes before it; empty for no notifications at all. */
  notifyMinutes: z.array(NotifyMinutes).max(notifyMinutes.length),
  theme: ThemeChoice,
  startAtLogin: z.boolean(),
  /** The keys that show the panel from everywhere, as Electron names them; empty for none. */
  globalShortcut: z.string().regex(acceleratorPattern),
  /** Guards terminals: with a guarded `terraform` and `tofu` in front of their PATH, and with the relay where `relayRuns` is on. */
  guardTerminals: z.boolean(),
  /** Sends the calls of STS of what `exec` and guarded terminals start through the account relay, and guards the `terraform` that `exec` does not start itself. */
  relayRuns: z.boolean(),
  /** Asks for each program that wants a session for the first time, as long as the session lasts. */
  askPrograms: z.boolean(),
  /** Terminals and `exec` have the chosen profile alone, and not every profile that the app serves. */
  onlyProfile: z.boolean(),
  /** Shows the time left beside the icon in the menu bar of macOS. */
  menuBarTime: z.boolean(),
  /** Asks the project once a day whether there is a newer version, and tells of it. */
  tellUpdates: z.boolean(),
  accessKeyWarnDays: wholeNumber(accessKeyWarnDays),
  /** By the serial of the MFA device. A change has those that it changes alone. */
  codeSources: byName(CodeSource),
  /** Lets sources that take no touch serve accounts of production too. */
  codeSourcesInProduction: z.boolean(),
  /** The proxy to AWS, such as `http://proxy.example:3128`; empty for what the environment says. */
  proxy: z.string().refine((address) => proxyComplaint(address) === null),
};

/** What the app knows about an account: how the user marked it, and the alias that AWS last returned. */
export const KnownAccount = z.strictObject({
  /** Null for the alias. */
  name: AccountName.nullable().default(null),
  alias: z.string().nullable().default(null),
  /** Null for the colour that it was given. */
  color: AccountColor.nullable().default(null),
  production: z.boolean(),
});
export type KnownAccount = z.infer<typeof KnownAccount>;

/** What the user can say about an account; what is left out stays as it is. */
export const AccountMarks = KnownAccount.omit({ alias: true })
  .extend({ name: AccountName.nullable(), color: AccountColor.nullable() })
  .partial()
  .extend({ accountId: AccountId });
export type AccountMarks = z.infer<typeof AccountMarks>;

/** How many runs of each kind are remembered for a project. */
export const runsMax = 5;

export const ReminderHours = z.literal(reminderHours);
export type ReminderHours = z.infer<typeof ReminderHours>;

const applied = {
  at: z.number(),
  profile: z.string(),
  /** The accounts that its providers reached, when that was known. */
  accountIds: z.array(AccountId),
  /** When a `destroy` ran after it; the app then does not know whether that removed everything. */
  destroyRanAt: z.number().nullable(),
};

/** A run of `apply` that, as far as the app knows, has not been destroyed. Times are epoch milliseconds. */
export const Deployed = z.strictObject({
  ...applied,
  remindedAt: z.number().nullable(),
  /**
   * The last apply of each workspace that may still have something deployed. The fields above sum these
   * up: the latest apply, the accounts of all, and the latest `destroy` if one ran in every workspace.
   * Missing in old files, which knew only the workspace `default`.
   */
  workspaces: byName(z.strictObject(applied)).optional(),
});
export type Deployed = z.infer<typeof Deployed>;

/** What the app remembers of a Terraform project. */
export const Project = z.strictObject({
  /** The profile whose session it was last run or checked with; null before the first time. */
  profile: z.string().nullable(),
  /** The accounts that it is bound to, by workspace. */
  accounts: byName(z.array(AccountId)),
  /** How long its last runs took, in seconds, the latest first. */
  runSeconds: z.strictObject({ apply: z.array(z.number().min(0)).max(runsMax), destroy: z.array(z.number().min(0)).max(runsMax) }),
  /** When to remind the user of what is deployed; null for never. */
  remindAfterHours: ReminderHours.nullable().default(null),
  deployed: Deployed.nullable().default(null),
});
export type Project = z.infer<typeof Project>;

/** A policy that denies old sessions, kept for as long as it is in place, by the ARN of its user or role. */
export const Revocation = z.strictObject({
  profile: z.string(),
  policyName: z.string(),
  /** Epoch milliseconds: sessions issued before `issuedBefore` are denied; at `neededUntil` the last of them has run out. */
  issuedBefore: z.number(),
  neededUntil: z.number(),
  /** The IDs of denied keys that came from outside the app, which may bring them again; left out where there are none. */
  foreignKeys: z.array(z.string()).optional(),
});
export type Revocation = z.infer<typeof Revocation>;

/** A rotation of an access key that was begun and has not ended. The new key's secret is never kept here. */
export const KeptRotation = z.strictObject({
  oldKeyId: z.string(),
  newKeyId: z.string().nullable(),
  /** When the last attempt began, in epoch milliseconds. */
  begunAt: z.number(),
  done: z.enum(['begun', 'created', 'put-in-place', 'deactivated']),
});
export type KeptRotation = z.infer<typeof KeptRotation>;

/** Of how many programs it is remembered that they had a session. */
export const knownProgramsMax = 200;

/** How many commands of AWS files a person's word is kept for, of each purpose. */
export const confirmedCommandsMax = 200;

const ConfirmedHashes = z
  .array(z.string().regex(/^[\da-f]{64}$/))
  .max(confirmedCommandsMax)
  .default([]);

/** How many recently used profiles are remembered. */
export const recentProfilesMax = 5;

/** Where a window was last, in pixels of the desktop, and how large its content is without zoom. */
export const WindowPlace = z.strictObject({
  width: wholeNumber(windowPixels),
  height: wholeNumber(windowPixels),
  /** Null as long as the user has not moved it. */
  at: z.strictObject({ x: z.number().int(), y: z.number().int() }).nullable(),
});
export type WindowPlace = z.infer<typeof WindowPlace>;

/** What is known of versions of the app. Times are epoch milliseconds. */
const KeptUpdates = z.strictObject({
  /** When the project was last asked, and when it last gave an answer that could be believed. */
  askedAt: z.number().nullable(),
  answeredAt: z.number().nullable(),
  /** When that answer was signed: an older one is not believed any more. */
  signedAt: z.number().min(0),
  /** The newest version in it that was newer than the one that ran. */
  newest: z.strictObject({ version: z.string(), date: z.string(), notes: z.string() }).nullable(),
  /** The version that the user does not want to be told of any more. */
  closed: z.string().nullable(),
});
export type KeptUpdates = z.infer<typeof KeptUpdates>;

/** What the user chose. Kept by `platform/desktop/settings.ts`; shown and changed in the settings window. */
export const Settings = z.strictObject({
  language: choices.language.default('system'),
  sessionSeconds: choices.sessionSeconds.default(28_800),
  exportShell: choices.exportShell.default('bash'),
  terminal: choices.terminal.default('auto'),
  terminalCredentials: choices.terminalCredentials.default('renewable'),
  clipboardSeconds: choices.clipboardSeconds.default(45),
  notifyMinutes: choices.notifyMinutes.default([...notifyMinutes]),
  theme: choices.theme.default('system'),
  startAtLogin: choices.startAtLogin.default(false),
  globalShortcut: choices.globalShortcut.default(''),
  guardTerminals: choices.guardTerminals.default(true),
  relayRuns: choices.relayRuns.default(true),
  askPrograms: choices.askPrograms.default(false),
  onlyProfile: choices.onlyProfile.default(false),
  menuBarTime: choices.menuBarTime.default(false),
  tellUpdates: choices.tellUpdates.default(false),
  accessKeyWarnDays: choices.accessKeyWarnDays.default(90),
  codeSources: choices.codeSources.default({}),
  codeSourcesInProduction: choices.codeSourcesInProduction.default(false),
  proxy: choices.proxy.default(''),
  /** Whether the panel that the tray shows stays when the user goes to another program. */
  panelPinned: z.boolean().default(false),
  windowPlaces: z
    .strictObject({ panel: WindowPlace.nullable(), popover: WindowPlace.nullable(), settings: WindowPlace.nullable() })
    .default({ panel: null, popover: null, settings: null }),
  /** The folder that was chosen last in a dialog, as a full path; null for none yet. */
  lastFolder: z.string().max(4_096).nullable().default(null),
  /** AWS files that the user pointed to; null for the usual places. The environment's variables win. */
  awsFiles: z.strictObject({ config: z.string().nullable(), credentials: z.string().nullable() }).default({ config: null, credentials: null }),
  /** Names of profiles that stand at the top of the panel. */
  favourites: z.array(z.string()).default([]),
  /** Names of the profiles whose sessions were started last, the latest first. */
  recents: z.array(z.string()).max(recentProfilesMax).default([]),
  /** Whether the user has closed what the panel says after the first session. */
  readyClosed: z.boolean().default(false),
  /** Terraform projects, by the full path of their folder. */
  projects: byName(Project).default({}),
  /** By account ID. */
  accounts: z.record(AccountId, KnownAccount).default({}),
  /** The colour that each account was given when it was first shown, by account ID. */
  accountColors: GivenColors.default({}),
  /** The accounts of which the user has said whether they are production. */
  productionSaid: z.array(AccountId).default([]),
  /** The account that each user profile's last session was for. */
  profileAccounts: byName(z.string()).default({}),
  /** Whose credentials each access portal gave last: the user's name there, by the ID of the sign-in. */
  portalUsers: byName(z.string()).default({}),
  /** MFA serials that the user typed or picked, by profile name. */
  mfaSerials: byName(z.string()).default({}),
  /** When the access key of each user profile was created (epoch milliseconds), as AWS last reported it. */
  accessKeyDates: byName(z.strictObject({ accessKeyId: z.string(), createdAt: z.number() })).default({}),
  /** The executables of programs that had a session, the latest first. */
  knownPrograms: z.array(z.string()).max(knownProgramsMax).default([]),
  /** Hashes of the commands of AWS files that a person confirmed, the latest first, by what they are run for. */
  confirmedCommands: z.strictObject({ 'mfa-code': ConfirmedHashes, credentials: ConfirmedHashes }).default({ 'mfa-code': [], credentials: [] }),
  revocations: byName(Revocation).default({}),
  /** By profile. */
  rotations: byName(KeptRotation).default({}),
  updates: KeptUpdates.default({ askedAt: null, answeredAt: null, signedAt: 0, newest: null, closed: null }),
});
export type Settings = z.infer<typeof Settings>;

/** What a window may change as a setting: all but what the app remembers on its own, or what has its own command. */
export const SettingsChange = z.strictObject(choices).partial();
export type SettingsChange = z.infer<typeof SettingsChange>;
