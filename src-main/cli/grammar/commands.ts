import { accountColors } from '../../contract/limits.ts';
import type { CliKey } from '../texts/texts.ts';

/** What `export --shell` takes. */
export const outputShells = ['bash', 'zsh', 'fish', 'powershell', 'cmd', 'dotenv', 'json'] as const;
export type OutputShell = (typeof outputShells)[number];

/** The shells that have completions. */
export const completionShells = ['bash', 'zsh', 'fish', 'powershell'] as const;
export type CompletionShell = (typeof completionShells)[number];

export type OptionSpec = {
  readonly summary: CliKey;
  /** The value as help shows it; null for an option without one. */
  readonly value: string | null;
  /** For one that may be given several times: its values are then one, with this between them. */
  readonly repeatable?: ',' | '\n';
  /** All possible values, or what a shell completes. */
  readonly complete?: readonly string[] | 'directories';
  /** Whether an empty value says something. */
  readonly mayBeEmpty?: true;
  /** For the app's own scripts: neither help nor completions show it. */
  readonly hidden?: true;
};

export const optionSpecs = {
  json: { summary: 'option-json', value: null },
  'code-stdin': { summary: 'option-code-stdin', value: null },
  device: { summary: 'option-device', value: null },
  'code-from': { summary: 'option-code-from', value: 'NAME' },
  duration: { summary: 'option-duration', value: '8h' },
  all: { summary: 'option-all', value: null },
  shell: { summary: 'option-shell', value: outputShells.join('|'), complete: outputShells },
  account: { summary: 'option-account', value: 'ID', repeatable: ',' },
  name: { summary: 'option-name', value: 'NAME', mayBeEmpty: true },
  colour: { summary: 'option-colour', value: 'COLOUR', complete: [...accountColors, 'automatic'] },
  production: { summary: 'option-production', value: null },
  'no-production': { summary: 'option-no-production', value: null },
  policy: { summary: 'option-policy', value: 'POLICY', complete: ['read-only'], repeatable: '\n' },
  'limit-id': { summary: 'option-policy', value: 'ID', hidden: true },
  'min-left': { summary: 'option-min-left', value: '30m' },
  'no-guard': { summary: 'option-no-guard', value: null },
  'from-terminal': { summary: 'option-no-guard', value: null, hidden: true },
  only: { summary: 'option-only', value: null },
  static: { summary: 'option-static', value: null },
  program: { summary: 'option-program', value: 'NAME' },
  since: { summary: 'option-since', value: '7d' },
  limit: { summary: 'option-limit', value: '20' },
  'dry-run': { summary: 'option-dry-run', value: null },
  remove: { summary: 'option-remove', value: null },
  'access-key-id': { summary: 'option-access-key-id', value: 'ID' },
  region: { summary: 'option-region', value: 'REGION,…' },
  service: { summary: 'option-service', value: 's3' },
  url: { summary: 'option-url', value: null },
  'in-place': { summary: 'option-in-place', value: null },
  'delete-old': { summary: 'option-delete-old', value: null },
  'show-accounts': { summary: 'option-show-accounts', value: null },
  dir: { summary: 'option-dir', value: 'DIR', complete: 'directories' },
  'user-data-dir': { summary: 'option-user-data-dir', value: 'DIR', complete: 'directories' },
  help: { summary: 'option-help', value: null },
  version: { summary: 'option-version', value: null },
} as const satisfies Record<string, OptionSpec>;

export type OptionName = keyof typeof optionSpecs;

/** Options that every command takes. */
export const globalOptions: readonly OptionName[] = ['user-data-dir', 'help', 'version'];

export type CommandSpec = {
  readonly summary: CliKey;
  readonly detail?: CliKey;
  /** The one word after the command, and what a shell completes for it. */
  readonly word: 'PROFILE' | 'SHELL' | 'COMMAND' | 'ACCOUNT' | 'NAME' | null;
  readonly wordOptional?: true;
  readonly options: readonly OptionName[];
  /** A second word, which may be left out. */
  readonly directory?: true;
  /** What follows after `--`: a command, or what would be an argument of `terraform plan`. */
  readonly behind?: 'command' | 'plan-arguments';
};

/** Every command. Parsing, help and completions are made from this table. */
export const commandSpecs = {
  status: { summary: 'summary-status', word: null, options: ['json'] },
  login: { summary: 'summary-login', word: 'PROFILE', options: ['code-stdin', 'code-from', 'device', 'duration', 'policy'] },
  logout: { summary: 'summary-logout', word: 'PROFILE', wordOptional: true, options: ['all'] },
  'sign-ins': { summary: 'summary-sign-ins', detail: 'detail-sign-ins', word: null, options: ['json'] },
  roles: { summary: 'summary-roles', detail: 'detail-roles', word: 'NAME', wordOptional: true, options: ['json'] },
  'sign-out': { summary: 'summary-sign-out', word: 'NAME', wordOptional: true, options: [] },
  export: { summary: 'summary-export', detail: 'detail-export', word: 'PROFILE', options: ['shell', 'policy'] },
  'credential-process': { summary: 'summary-credential-process', word: 'PROFILE', options: ['limit-id'] },
  exec: {
    summary: 'summary-exec',
    detail: 'detail-exec',
    word: 'PROFILE',
    options: ['account', 'policy', 'min-left', 'only', 'static', 'no-guard', 'from-terminal'],
    behind: 'command',
  },
  check: {
    summary: 'summary-check',
    detail: 'detail-check',
    word: 'PROFILE',
    directory: true,
    options: ['account', 'only', 'json'],
    behind: 'plan-arguments',
  },
  account: {
    summary: 'summary-account',
    detail: 'detail-account',
    word: 'ACCOUNT',
    wordOptional: true,
    options: ['name', 'colour', 'production', 'no-production', 'json'],
  },
  terminal: { summary: 'summary-terminal', word: 'PROFILE', options: ['dir', 'policy', 'only'] },
  console: { summary: 'summary-console', detail: 'detail-console', word: 'PROFILE', options: ['service', 'url'] },
  revoke: { summary: 'summary-revoke', detail: 'detail-revoke', word: 'PROFILE', options: ['dry-run', 'remove'] },
  activity: { summary: 'summary-activity', detail: 'detail-activity', word: 'PROFILE', options: ['access-key-id', 'region', 'limit', 'json'] },
  keys: { summary: 'summary-keys', word: 'PROFILE', options: ['json'] },
  rotate: { summary: 'summary-rotate', detail: 'detail-rotate', word: 'PROFILE', options: ['delete-old'] },
  history: { summary: 'summary-history', word: 'PROFILE', wordOptional: true, options: ['account', 'program', 'since', 'limit', 'json'] },
  install: { summary: 'summary-install', detail: 'detail-install', word: 'PROFILE', options: ['in-place'] },
  uninstall: { summary: 'summary-uninstall', word: 'PROFILE', wordOptional: true, options: ['all'] },
  report: { summary: 'summary-report', detail: 'detail-report', word: null, options: ['show-accounts'] },
  completion: { summary: 'summary-completion', detail: 'detail-completion', word: 'SHELL', options: [] },
  help: { summary: 'summary-help', word: 'COMMAND', wordOptional: true, options: [] },
} as const satisfies Record<string, CommandSpec>;

export type CommandName = keyof typeof commandSpecs;

export const commandNames = Object.keys(commandSpecs) as readonly CommandName[];

export function isCommandName(word: string): word is CommandName {
  return Object.hasOwn(commandSpecs, word);
}

export function commandSpec(name: CommandName): CommandSpec {
  return commandSpecs[name];
}

export function optionSpec(name: OptionName): OptionSpec {
  return optionSpecs[name];
}

/** The command as help writes it, such as `logout [PROFILE] [--all]`. */
export function synopsis(name: CommandName): string {
  if (name === 'logout' || name === 'uninstall') return `${name} PROFILE|--all`;
  const spec = commandSpec(name);
  const word = spec.word === 'SHELL' ? completionShells.join('|') : spec.word;
  return [
    name,
    ...(word === null ? [] : [spec.wordOptional ? `[${word}]` : word]),
    ...(spec.directory ? ['[DIR]'] : []),
    ...spec.options.filter((option) => !optionSpec(option).hidden).map((option) => `[${optionText(option)}]`),
    ...(spec.behind === undefined ? [] : [spec.behind === 'command' ? '-- COMMAND …' : '[-- ARGUMENT …]']),
  ].join(' ');
}

/** `--duration 8h` */
export function optionText(name: OptionName): string {
  const { value } = optionSpec(name);
  return value === null ? `--${name}` : `--${name} ${value}`;
}
