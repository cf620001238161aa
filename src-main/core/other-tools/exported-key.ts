import { z } from 'zod';
import type { Result } from '../../contract/app-error.ts';
import { accessKeyIdPattern, secretAccessKeyPattern } from '../../contract/limits.ts';
import type { AccessKey } from '../credentials.ts';
import { appError, failed, succeeded } from '../errors.ts';
import { jsonOf } from '../json.ts';
import type { CommandWords } from '../user-commands/command-words.ts';

/** Has aws-vault print the key itself: with a session it would be gone in an hour. */
export function exportCommand(profile: string): CommandWords {
  return ['aws-vault', 'export', '--no-session', '--format=json', profile];
}

/** Of what aws-vault prints, "External process credential providers" in the AWS SDKs reference guide. */
const Exported = z.object({
  AccessKeyId: z.string().regex(accessKeyIdPattern),
  SecretAccessKey: z.string().regex(secretAccessKeyPattern),
  SessionToken: z.string().optional(),
});

/** The key in what was printed. Errors: `exported-key-unreadable` `{profile}`, `exported-key-temporary` `{profile}`. */
export function exportedKey(profile: string, output: string): Result<AccessKey> {
  const read = Exported.safeParse(jsonOf(output));
  if (!read.success) return failed(appError('exported-key-unreadable', { profile }));
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: token } = read.data;
  return token ? failed(appError('exported-key-temporary', { profile })) : succeeded({ accessKeyId, secretAccessKey });
}
