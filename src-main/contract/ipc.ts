import { z } from 'zod';
import type { CommandName } from './command-names.ts';
import {
  accessKeyIdPattern,
  accountsMax,
  mfaCodePattern,
  mfaSerialLength,
  profileNameMax,
  regionPattern,
  roleNamePattern,
  secretAccessKeyPattern,
  typedMax,
} from './limits.ts';
import { AccountId, AccountMarks, ExportShell, ReminderHours, SettingsChange, TerminalCredentials } from './settings.ts';
import { permissions } from './question.ts';
import type { UiState } from './ui-state.ts';

export const ProfileName = z.string().min(1).max(profileNameMax);
export const Folder = z.string().min(1).max(4_096);
export const Workspace = z.string().min(1).max(256);
export const AccessKeyId = z.string().regex(accessKeyIdPattern);
export const Region = z.string().max(64).regex(regionPattern);
/** Six digits, already stripped of spaces. */
export const MfaCode = z.string().regex(mfaCodePattern);
const PromptId = z.string().min(1).max(64);
const SignInId = z.string().min(1).max(2_200);

/**
 * What a window may ask of the main process, with the exact shape of each request. Outcomes come
 * back as the next `UiState`, never as a return value, so that every window shows the same.
 */
export const commandSchemas = {
  /**
   * Starts, or renews, the session of a profile: with the MFA prompt, or for a role profile silently
   * while the session of its user profile lives. `fromAccessKey` asks for a role session straight
   * from the access key, of the profile's whole `duration_seconds`.
   */
  requestSession: z.strictObject({ profile: ProfileName, fromAccessKey: z.boolean().optional() }),
  submitMfa: z.strictObject({ promptId: PromptId, code: MfaCode }),
  chooseMfaDevice: z.strictObject({ promptId: PromptId, serial: z.string().trim().min(mfaSerialLength.min).max(mfaSerialLength.max) }),
  cancelPrompt: z.strictObject({ promptId: PromptId }),
  /** Asks the source of the prompt's code again, or with false asks it no more: the user types. */
  askCodeSource: z.strictObject({ promptId: PromptId, use: z.boolean() }),
  /** `typed` is what the user typed where a production account is asked about. */
  answerQuestion: z.strictObject({ questionId: PromptId, permission: z.enum(permissions), typed: z.string().max(typedMax).optional() }),
  endSession: z.strictObject({ profile: ProfileName }),
  copyExports: z.strictObject({ profile: ProfileName, shell: ExportShell.optional() }),
  /** Puts the twelve digits into the clipboard. */
  copyAccountId: z.strictObject({ accountId: AccountId }),
  /** In the user's home, or in `folder`; with a session that can only read where that is wanted, which takes a role profile. */
  openTerminal: z.strictObject({
    profile: ProfileName,
    credentials: TerminalCredentials.optional(),
    folder: Folder.optional(),
    readOnly: z.boolean().optional(),
  }),
  /** Adds, or removes, the profile's `credential_process` entry in the config file. */
  installProfile: z.strictObject({ profile: ProfileName }),
  uninstallProfile: z.strictObject({ profile: ProfileName }),
  /** Moves the access key between the AWS files and the keychain. */
  moveAccessKey: z.strictObject({ profile: ProfileName, to: z.enum(['files', 'keychain']) }),
  /** Adds a user profile with its access key, after a call to AWS that proves the key. */
  addAccessKey: z.strictObject({
    profile: ProfileName,
    accessKeyId: AccessKeyId,
    secretAccessKey: z.string().regex(secretAccessKeyPattern),
    /** Null to write none. */
    region: Region.nullable(),
    to: z.enum(['files', 'keychain']),
  }),
  /** Has aws-vault hand out the access keys of profiles, which the keychain keeps from then on. */
  bringKeysOver: z.strictObject({ profiles: z.array(ProfileName).min(1).max(100) }),
  /** Signs in at a place that the AWS files do not name yet, and makes its entry: a profile, or the `sso-session` of a portal. */
  addSignIn: z.discriminatedUnion('way', [
    z.strictObject({ way: z.literal('aws-login'), profile: ProfileName, region: Region }),
    z.strictObject({
      way: z.literal('identity-center'),
      /** Null for the one that the address suggests. */
      name: z.string().trim().min(1).max(profileNameMax).nullable(),
      startUrl: z.url({ protocol: /^https?$/ }).max(2_048),
      region: Region,
    }),
  ]),
  /** Opens the page of a sign-in in the browser, for a person who asks for it. */
  signIn: z.strictObject({ signInId: SignInId }),
  /** Opens the page of the open sign-in again. */
  openSignInPage: z.strictObject({ promptId: PromptId }),
  /** Puts its address into the clipboard, for another browser of this computer. */
  copySignInAddress: z.strictObject({ promptId: PromptId }),
  /** Goes on with a page that may be opened on another device. */
  signInElsewhere: z.strictObject({ promptId: PromptId }),
  /** What that page gave to type here. */
  submitSignInCode: z.strictObject({ promptId: PromptId, code: z.string().trim().min(1).max(8_192) }),
  /** Whether the one who signed in may take the place of the one before. */
  acceptIdentity: z.strictObject({ promptId: PromptId, accept: z.boolean() }),
  cancelSignIn: z.strictObject({ promptId: PromptId }),
  signOut: z.strictObject({ signInId: SignInId }),
  /** Opens the sheet with the accounts and roles of an access portal. */
  showPortalAccounts: z.strictObject({ signInId: SignInId }),
  /** Asks for the accounts of the open sheet anew. */
  refreshPortalAccounts: z.strictObject({}),
  /** Shows the lines that profiles of these roles would take; none to go back to the list. */
  previewProfiles: z.strictObject({ chosen: z.array(z.strictObject({ accountId: AccountId, roleName: z.string().regex(roleNamePattern) })).max(2_000) }),
  /** Writes the lines of the preview. */
  writeProfiles: z.strictObject({}),
  /** Asks the user for a file and reads it from then on in place of the usual one. */
  chooseAwsFile: z.strictObject({ file: z.enum(['config', 'credentials']) }),
  /** Goes back to the usual places. */
  resetAwsFiles: z.strictObject({}),
  /** Asks the user for the folder of a Terraform project, and checks it with the session of `profile`, if any. */
  addProject: z.strictObject({ profile: ProfileName.nullable() }),
  removeProject: z.strictObject({ folder: Folder }),
  /** Puts the project that was taken off the list last back where it was, with all that was known of it. */
  restoreProject: z.strictObject({ folder: Folder }),
  /** Finds out which accounts the project reaches with a profile's session, and starts that session first if there is none. */
  checkProject: z.strictObject({ folder: Folder, profile: ProfileName }),
  /** Says which accounts a workspace of the project is meant for; an empty list removes the binding. */
  bindProject: z.strictObject({ folder: Folder, workspace: Workspace, accountIds: z.array(AccountId).max(accountsMax) }),
  /** Says when to remind the user of what the project has deployed; null for never. */
  remindOfProject: z.strictObject({ folder: Folder, afterHours: ReminderHours.nullable() }),
  /** Notes that nothing is deployed any more. */
  forgetDeployment: z.strictObject({ folder: Folder }),
  /** This command and the next three each open a sheet, whose content arrives in `UiState.sheet`. */
  showHistory: z.strictObject({}),
  /** What the profile's session did, or the session with this access key, which may have ended. */
  showActivity: z.strictObject({ profile: ProfileName, accessKeyId: AccessKeyId.optional() }),
  previewRevocation: z.strictObject({ profile: ProfileName }),
  showAccessKeys: z.strictObject({ profile: ProfileName }),
  /** Shows older records or events in the open sheet. */
  showMore: z.strictObject({}),
  closeSheet: z.strictObject({}),
  /** Writes the policy of the preview. */
  revoke: z.strictObject({ profile: ProfileName }),
  /** Removes the policy again from the user or role with this ARN. */
  removeRevocation: z.strictObject({ arn: z.string().min(20).max(2_048) }),
  /** Forgets that the policy was written: somebody else removed it, or the user or role is gone. */
  forgetRevocation: z.strictObject({ arn: z.string().min(20).max(2_048) }),
  /** Begins or continues the rotation of a profile's access key, up to the deactivation of the old key. */
  rotateAccessKey: z.strictObject({ profile: ProfileName }),
  /** Ends the rotation. */
  deleteOldAccessKey: z.strictObject({ profile: ProfileName }),
  /** Opens the AWS console in the browser as a role session. */
  openConsole: z.strictObject({ profile: ProfileName }),
  /** Opens a page that the sheet links to, or one of the project's. */
  openLink: z.strictObject({ url: z.url({ protocol: /^https$/ }).max(2_048) }),
  /** Shows no more what comes after the first session. */
  closeReady: z.strictObject({}),
  setFavourite: z.strictObject({ profile: ProfileName, favourite: z.boolean() }),
  /** Marks an account; its `name` is null for its alias, its `color` for the one that it was given. */
  setAccount: AccountMarks,
  dismissNotice: z.strictObject({ noticeId: z.number().int() }),
  changeSettings: SettingsChange,
  openPanel: z.strictObject({}),
  /** For a click on the tray's icon. */
  togglePanel: z.strictObject({}),
  /** Closes the panel that the tray showed: on Escape, or as the user has gone to another program. There is nothing unfinished in it. */
  leavePanel: z.strictObject({ by: z.enum(['key', 'focus']) }),
  /** Says whether the panel stays then. */
  pinPanel: z.strictObject({ pinned: z.boolean() }),
  openSettings: z.strictObject({}),
  openConfigFile: z.strictObject({ file: z.enum(['config', 'credentials']) }),
  /** Opens the sheet with the report of a problem. */
  showReport: z.strictObject({}),
  /** Says whether accounts and profiles have other names in it. */
  maskReport: z.strictObject({ masksAccounts: z.boolean() }),
  /** Saves the report that is shown, where the user says. */
  saveReport: z.strictObject({}),
  /** Asks the project whether there is a newer version of the app. */
  checkForUpdates: z.strictObject({}),
  /** Does not tell of this version any more. */
  closeUpdate: z.strictObject({ version: z.string().max(100) }),
  quit: z.strictObject({}),
} as const satisfies Record<CommandName, z.ZodType>;

export type CommandRequest<N extends CommandName> = z.infer<(typeof commandSchemas)[N]>;

/** A command with its request, as menus and notifications carry it. */
export type Command = { [N in CommandName]: { readonly name: N; readonly request: CommandRequest<N> } }[CommandName];

/** What carries out each command. A promise that it returns settles when the command is done; nobody waits for that. */
export type CommandHandlers = { readonly [N in CommandName]: (request: CommandRequest<N>) => void | Promise<void> };

/**
 * A state on its way to a window: its parts as JSON. Texts cross at once; of objects the context bridge makes a copy for
 * each one, which takes long with thousands of profiles.
 */
export type UiStateText = { readonly [Part in keyof UiState]: string };

/** The parts of a newer state that are not those of the state that was sent before it. */
export type UiStateChanges = Partial<UiStateText> & Pick<UiStateText, 'revision'>;

/** `window.stsTray`: all that a renderer can do. */
export type StsTrayApi = {
  readonly readUiState: () => Promise<UiStateText>;
  /** Calls back with what changes in every new state; returns a function that stops it. */
  readonly onUiState: (callback: (changes: UiStateChanges) => void) => () => void;
  /** Says that the page shows its first state and takes keys; its window appears then. */
  readonly takesKeys: () => void;
  /** Says how high the page's content is, in CSS pixels: a window that the user cannot resize is as high as that. */
  readonly contentHeight: (height: number) => void;
} & { readonly [N in CommandName]: (request: CommandRequest<N>) => Promise<void> };

/** The windows, as the `view` parameter of the renderer's URL names them. */
export const views = ['panel', 'mfa', 'sign-in', 'question', 'settings'] as const;
export type View = (typeof views)[number];
