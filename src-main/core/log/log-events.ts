import { errorCodes } from '../../contract/app-error.ts';
import { commandNames } from '../../contract/command-names.ts';
import { endings, handOffMethods, keyChanges, reachOutcomes } from '../../contract/ledger.ts';
import { apiNames } from '../../contract/local-api.ts';
import { architectures, awsActions, awsErrors, awsServices, desktops, platforms, sessionTypes, systemCodes } from './known-words.ts';
import type { Redacted, Version } from './redaction.ts';

/** Something that the app counted, measured or was given by AWS as a number. */
const count = { kind: 'count' } as const;
const version = { kind: 'version' } as const;
/** The only text from outside that a log can have. */
const redacted = { kind: 'redacted' } as const;

/** What a field of an event can hold: one of a list of words that the app defines, or one of the above. */
export type FieldKind = readonly string[] | typeof count | typeof version | typeof redacted;

const noYes = ['no', 'yes'] as const;
const codes = errorCodes;
const outcomes = ['done', ...errorCodes] as const;

/**
 * All that can be written in the log. There is no field for a text as it comes from outside, so no secret, name,
 * path or account ID can get there. A `?` marks a field that may be left out.
 */
export const logEvents = {
  /** `before` is how the run before this one ended; left out where the log tells of none. */
  started: {
    'before?': ['quit', 'cut-off'],
    app: version,
    electron: version,
    node: version,
    runtime: ['official', 'other'],
    packaged: noYes,
    platform: platforms,
    release: version,
    arch: architectures,
    session: sessionTypes,
    desktop: desktops,
  },
  tray: { state: ['unknown', 'shown', 'missing'] },
  keychain: { state: ['unasked', 'available', 'unavailable'], 'code?': codes },
  'profiles-read': { users: count, roles: count, installed: count, problems: count },
  problem: { code: codes, 'line?': count },
  'prompt-opened': { for: ['user', 'role'], purpose: ['start', 'renew'] },
  'prompt-step': { step: ['finding-device', 'choose-device', 'enter-code', 'starting', 'failed'], programs: count, 'code?': codes },
  'prompt-closed': { how: ['answered', 'cancelled'] },
  'session-started': { kind: ['base', 'role'] },
  'session-ended': { how: endings },
  'session-expired': {},
  'handed-off': { way: handOffMethods, credentials: ['renewable', 'static'] },
  revoked: {},
  'revocation-removed': {},
  'key-changed': { change: keyChanges },
  run: { state: ['opened', 'reopened', 'closed'], open: count },
  'run-reached': { what: ['role', 'session'], outcome: reachOutcomes },
  'relay-refused': { code: codes },
  /** `times` for that many more since the line before, of which the longest took `ms`. */
  asked: { name: apiNames, outcome: outcomes, ms: count, 'times?': count },
  command: { name: commandNames },
  question: { state: ['opened', 'closed'], kind: ['account', 'action', 'program', 'command', 'quit'] },
  setting: { changed: ['general', 'sessions', 'hand-off', 'network', 'files', 'accounts', 'projects', 'remembered'] },
  /** An expected failure. What its params say is left out, but for what the app itself knows. */
  failed: {
    code: codes,
    'service?': awsServices,
    'action?': awsActions,
    'name?': awsErrors,
    'reason?': systemCodes,
    'status?': count,
    'seconds?': count,
    'line?': count,
  },
  'local-api': { state: ['open', 'closed'] },
  power: { state: ['suspend', 'resume', 'lock', 'unlock'] },
  /** A bug: the kind of the error, and where it was thrown. Its message may hold anything, and is left out. */
  bug: { kind: redacted, 'at?': redacted },
  quitting: {},
} as const satisfies Readonly<Record<string, Readonly<Record<string, FieldKind>>>>;

type ValueOf<K> = K extends readonly (infer W)[]
  ? W
  : K extends typeof count
    ? number
    : K extends typeof version
      ? Version
      : K extends typeof redacted
        ? Redacted
        : never;

type Fields<T> = { readonly [N in keyof T as N extends `${string}?` ? never : N]: ValueOf<T[N]> } & {
  readonly [N in keyof T as N extends `${infer O}?` ? O : never]?: ValueOf<T[N]> | undefined;
};

export type LogEventName = keyof typeof logEvents;
export type LogEvent = { [E in LogEventName]: { readonly event: E } & Fields<(typeof logEvents)[E]> }[LogEventName];
