import { z } from 'zod';

/** The shells whose export syntax the app writes. `bash` serves zsh and every other POSIX shell too. */
export const exportShells = ['bash', 'fish', 'powershell', 'cmd', 'dotenv'] as const;
export const ExportShell = z.enum(exportShells);
export type ExportShell = z.infer<typeof ExportShell>;

/** `system` follows the operating system's language. */
export const LanguageChoice = z.enum(['system', 'en', 'ja']);
export type LanguageChoice = z.infer<typeof LanguageChoice>;

/**
 * What a terminal gets: `renewable` asks the app for credentials again and again, so that a renewed
 * session heals it; `static` has those of one session in its environment.
 */
export const TerminalCredentials = z.enum(['renewable', 'static']);
export type TerminalCredentials = z.infer<typeof TerminalCredentials>;

/** Limits of `DurationSeconds` for an IAM user (AWS STS API reference, GetSessionToken). */
export const sessionSecondsMin = 900;
export const sessionSecondsMax = 129_600;

/** What the settings window shows, each with its limits. */
const choices = {
  language: LanguageChoice,
  /** Length asked of GetSessionToken, in seconds. */
  sessionSeconds: z.number().int().min(sessionSecondsMin).max(sessionSecondsMax),
  exportShell: ExportShell,
  /** A terminal's id (see `UiState.terminals`), or `auto` for the first one found. */
  terminal: z.string().max(40),
  terminalCredentials: TerminalCredentials,
  /** After how many seconds copied exports leave the clipboard. */
  clipboardSeconds: z.number().int().min(5).max(600),
  /** Notify 30, 10 and 2 minutes before a session ends. */
  notifications: z.boolean(),
};

/** What the user chose. Kept by `platform/settings.ts`; shown and changed in the settings window. */
export const Settings = z.strictObject({
  language: choices.language.default('system'),
  sessionSeconds: choices.sessionSeconds.default(28_800),
  exportShell: choices.exportShell.default('bash'),
  terminal: choices.terminal.default('auto'),
  terminalCredentials: choices.terminalCredentials.default('renewable'),
  clipboardSeconds: choices.clipboardSeconds.default(45),
  notifications: choices.notifications.default(true),
  /** MFA serials that the user typed or picked, by profile name. */
  mfaSerials: z.record(z.string(), z.string()).default({}),
});
export type Settings = z.infer<typeof Settings>;

/** What a window may change: any subset of the settings but the remembered MFA serials. */
export const SettingsChange = z.strictObject(choices).partial();
export type SettingsChange = z.infer<typeof SettingsChange>;
