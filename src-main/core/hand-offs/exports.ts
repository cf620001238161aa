import type { Result } from '../../contract/app-error.ts';
import type { ExportShell } from '../../contract/settings.ts';
import type { SessionCredentials } from '../credentials.ts';
import { appError, failed, succeeded } from '../errors.ts';

/** Environment variables as name and value, in the order in which they are written. */
export type Variables = readonly (readonly [name: string, value: string])[];

/**
 * The variables by which the AWS CLI, the SDKs and Terraform find a session (AWS SDKs and Tools
 * Reference Guide, "Environment variables"). No region is set when the profile states none, so that the
 * shell's own stays. `AWS_CREDENTIAL_EXPIRATION` is ISO 8601 in UTC, with whole seconds as AWS writes it.
 */
export function awsVariables(credentials: SessionCredentials, region: string | null): Variables {
  return [
    ['AWS_ACCESS_KEY_ID', credentials.accessKeyId],
    ['AWS_SECRET_ACCESS_KEY', credentials.secretAccessKey],
    ['AWS_SESSION_TOKEN', credentials.sessionToken],
    ...regionVariables(region),
    ['AWS_CREDENTIAL_EXPIRATION', isoSeconds(credentials.expiresAt)],
  ];
}

/** A time (epoch milliseconds) in ISO 8601 with whole seconds, as AWS writes it and every SDK parses it. */
export function isoSeconds(time: number): string {
  return new Date(time).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** Newer SDKs read the first and then the second, botocore, and so boto3 and the AWS CLI's version 1, only the second. */
export const regionNames = ['AWS_REGION', 'AWS_DEFAULT_REGION'] as const;

/** The region that a hand-off set. What differs from it is the user's own. */
export const regionMark = 'STS_TRAY_REGION';

/** A region under all its names; no variables when there is none. */
export function regionVariables(region: string | null): Variables {
  return region === null ? [] : [...regionNames, regionMark].map((name) => [name, region] as const);
}

/**
 * Text that sets `variables` when it is pasted into `shell`, or, for `dotenv`, kept as an env file.
 * Every line ends with a line break, so a paste runs the last one too. The first value that the
 * shell cannot take unchanged fails with `export-unquotable` `{variable, shell}`: no value is ever
 * altered to make it fit.
 */
export function exportText(shell: ExportShell, variables: Variables): Result<string> {
  const syntax = syntaxes[shell];
  const lines: string[] = [];
  for (const [name, value] of variables) {
    requireName(name);
    if (unpastable.test(value) || syntax.refuses.test(value)) {
      return failed(appError('export-unquotable', { variable: name, shell }));
    }
    lines.push(syntax.line(name, value));
  }
  return succeeded(lines.join(''));
}

/** A line that unsets variables in bash, zsh or any other POSIX shell; no text for none of them. */
export function unsetText(names: readonly string[]): string {
  for (const name of names) requireName(name);
  return names.length === 0 ? '' : `unset ${names.join(' ')}\n`;
}

function requireName(name: string): void {
  if (!variableName.test(name)) throw new TypeError(`not a variable name: ${name}`);
}

/** A value as one word of bash, zsh or any other POSIX shell. It must not hold a NUL. */
export function quotePosix(value: string): string {
  return `'${value.replaceAll("'", "'\\''")}'`;
}

const nothing = /(?!)/;
const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/;

// An environment variable cannot hold NUL nor half a surrogate pair, and a terminal takes the other
// control characters of a paste for keys (a tab completes, a carriage return runs the line).
const unpastable = /[\0-\x09\x0B-\x1F\x7F-\x9F]|\p{Cs}/u;

type Syntax = {
  /** Matches values that this syntax cannot express. */
  readonly refuses: RegExp;
  readonly line: (name: string, value: string) => string;
};

// bash, zsh and fish lines begin with a space: that keeps a paste out of the history file, in fish
// always, in bash with `ignorespace` (Debian's and Ubuntu's default), in zsh with HIST_IGNORE_SPACE.
const syntaxes: Readonly<Record<ExportShell, Syntax>> = {
  bash: { refuses: nothing, line: (name, value) => ` export ${name}=${quotePosix(value)}\n` },
  fish: { refuses: nothing, line: (name, value) => ` set -gx ${name} '${value.replaceAll(/[\\']/g, '\\$&')}'\n` },
  powershell: {
    refuses: nothing,
    // PowerShell takes the typographic single quotes for `'`, and any two of them for one.
    line: (name, value) => `$Env:${name} = '${value.replaceAll(/['\u2018\u2019\u201A\u201B]/g, '$&$&')}'\n`,
  },
  cmd: {
    // At cmd's prompt nothing escapes `%` (only a batch file knows `%%`), and `!` depends on
    // whether delayed expansion is on. A `"` would end the quotes that make `&`, `|` and `^` plain.
    refuses: /[%"!\n]/,
    line: (name, value) => `set "${name}=${value}"\r\n`,
  },
  dotenv: {
    // `docker run --env-file` keeps quotes as part of the value, node and dotenv cut an unquoted
    // one at `#` and trim it, direnv and Docker Compose expand `$` and `\`: what is left are values
    // that need no quotes, and all of them read those alike.
    refuses: /[\s'"`$\\#]/,
    line: (name, value) => `${name}=${value}\n`,
  },
};
