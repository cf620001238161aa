import type { AppError, Result } from '../../contract/app-error.ts';
import { appError, failed, succeeded } from '../errors.ts';
import { jsonOf } from '../json.ts';

/** What a `credential_process` printed; `expiresAt` in epoch milliseconds, null where it does not say. */
export type ProcessCredentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiresAt: number | null;
};

/** Which command it was, for the sentence about what is wrong with what it printed: `login` is what to run in a terminal. */
export type PrintedBy = { readonly program: string; readonly profile: string; readonly login: string };

/** ISO 8601, as the SDKs read it; seconds may be missing, and a zone may not. */
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/i;

/**
 * Reads the JSON that `credential_process` is to print (AWS SDKs and Tools reference guide, "Process credential
 * provider"). Errors: `foreign-output-` `empty`, `junk`, `version` `{version}`, `missing` `{name}`, `long-term`, `end`, `expired`, each
 * with `{program, profile}`. None holds anything of the text but a number or a name of the format's.
 */
export function processCredentials(text: string, by: PrintedBy, now: number): Result<ProcessCredentials> {
  const { program, profile, login } = by;
  if (text.trim() === '') return failed(appError('foreign-output-empty', { program, profile, login }));
  const printed = jsonOf(text.replace(/^\uFEFF/, ''));
  if (typeof printed !== 'object' || printed === null || Array.isArray(printed)) return failed(appError('foreign-output-junk', { program, profile }));
  const values: Readonly<Record<string, unknown>> = { ...printed };
  const version = values['Version'];
  if (version !== 1) return failed(wrongVersion(version, { program, profile }));
  const accessKeyId = textOf(values['AccessKeyId']);
  const secretAccessKey = textOf(values['SecretAccessKey']);
  const sessionToken = textOf(values['SessionToken']);
  const name = !accessKeyId ? 'AccessKeyId' : 'SecretAccessKey';
  if (!accessKeyId || !secretAccessKey) return failed(appError('foreign-output-missing', { program, profile, name }));
  if (!sessionToken) return failed(appError('foreign-output-long-term', { program, profile }));
  const end = endOf(values['Expiration']);
  if (end === 'unreadable') return failed(appError('foreign-output-end', { program, profile }));
  if (end !== null && end <= now) return failed(appError('foreign-output-expired', { program, profile }));
  return succeeded({ accessKeyId, secretAccessKey, sessionToken, expiresAt: end });
}

function wrongVersion(version: unknown, by: Pick<PrintedBy, 'program' | 'profile'>): AppError {
  if (version === undefined) return appError('foreign-output-missing', { ...by, name: 'Version' });
  return appError('foreign-output-version', { ...by, version: typeof version === 'number' ? version : '?' });
}

/** A key or token has no spaces, and goes into headers. */
function textOf(value: unknown): string | null {
  return typeof value === 'string' && /^[!-~]+$/.test(value) ? value : null;
}

function endOf(value: unknown): number | 'unreadable' | null {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value !== 'string' || !time.test(value.trim())) return 'unreadable';
  const end = Date.parse(value.trim());
  return Number.isNaN(end) ? 'unreadable' : end;
}
