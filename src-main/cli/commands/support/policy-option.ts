import { readFileSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Result } from '../../../contract/app-error.ts';
import { policyArnPattern, readOnlyName, sessionPolicyArnsMax, sessionPolicyCharactersMax } from '../../../contract/limits.ts';
import type { SessionPolicies } from '../../../contract/session-policies.ts';
import { appError, failed, succeeded } from '../../../core/errors.ts';
import { limitVariable } from '../../../core/hand-offs/run-marks.ts';
import { nameTwice, policyParameters, shortestPolicy } from '../../../core/sessions/session-policies.ts';
import { systemErrorReason } from '../../../core/system-error.ts';
import type { CliWorld } from '../../process/cli-world.ts';
import type { Call } from './call.ts';

/** Far more than AWS takes, since a file may have spaces and line breaks, in bytes. */
const fileBytesMax = 65_536;
const fileNameMax = 100;

/** Which session is asked for: what `--policy` says, and what this terminal or run has already. */
export type LimitFields = { readonly policies?: SessionPolicies; readonly callerLimit?: string };

/** Fails with `policy-unreadable`, `policy-no-json`, `policy-name-twice`, `policy-too-long`, `policy-several` and `policy-too-many`. */
export function limitFields({ invocation, world }: Call): Result<LimitFields> {
  const { policy } = invocation.options;
  const caller = callerLimit(world);
  if (policy === undefined) return succeeded(caller);
  const policies = policiesOf(policy.split('\n'), world);
  return policies.ok ? succeeded({ policies: policies.value, ...caller }) : policies;
}

/** What the environment says of the session that this terminal or run has. */
export function callerLimit({ env }: Pick<CliWorld, 'env'>): Pick<LimitFields, 'callerLimit'> {
  const limit = env[limitVariable];
  return limit ? { callerLimit: limit } : {};
}

function policiesOf(words: readonly string[], { cwd }: CliWorld): Result<SessionPolicies> {
  const readOnly = words.includes(readOnlyName);
  const arns = [...new Set(words.filter((word) => policyArnPattern.test(word)))];
  const files = words.filter((word) => word !== readOnlyName && !policyArnPattern.test(word));
  const count = arns.length + (readOnly ? 1 : 0);
  if (count > sessionPolicyArnsMax) return failed(appError('policy-too-many', { count, max: sessionPolicyArnsMax }));
  const [file, another] = files;
  if (another !== undefined) return failed(appError('policy-several'));
  const document = file === undefined ? succeeded(null) : documentIn(resolve(cwd, file));
  if (!document.ok) return document;
  const policies = { readOnly, arns, document: document.value };
  // AWS counts again, with the partition of the role.
  const parameters = policyParameters(policies, 'aws');
  const characters = [parameters.document ?? '', ...parameters.arns].join('').length;
  if (characters > sessionPolicyCharactersMax) return failed(appError('policy-too-long', { characters, max: sessionPolicyCharactersMax }));
  return succeeded(policies);
}

function documentIn(file: string): Result<NonNullable<SessionPolicies['document']>> {
  const read = textOf(file);
  if (!read.ok) return read;
  const text = shortestPolicy(read.value.replace(/^\uFEFF/, ''));
  if (text === null) return failed(appError('policy-no-json', { file }));
  const name = nameTwice(text);
  return name === null ? succeeded({ name: basename(file).slice(0, fileNameMax), text }) : failed(appError('policy-name-twice', { file, name }));
}

/** A pipe or a device would be waited for, or has no end. */
function textOf(file: string): Result<string> {
  try {
    const found = statSync(file);
    if (!found.isFile()) return failed(appError('policy-unreadable', { file, reason: found.isDirectory() ? 'EISDIR' : 'EINVAL' }));
    if (found.size > fileBytesMax) return failed(appError('policy-unreadable', { file, reason: 'EFBIG' }));
    return succeeded(readFileSync(file, 'utf8'));
  } catch (error) {
    return failed(appError('policy-unreadable', { file, reason: systemErrorReason(error) }));
  }
}
