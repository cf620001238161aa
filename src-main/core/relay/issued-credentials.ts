import { accountIdOf } from '../aws-names/arn.ts';
import type { SessionCredentials } from '../credentials.ts';

/** The session in an answer, and the account that it is in. */
export type IssuedCredentials = { readonly credentials: SessionCredentials; readonly accountId: string };

/**
 * The session that an answer of STS issues (AWS STS API reference, "AssumeRole": `Credentials` and
 * `AssumedRoleUser`). `ownAccount` is the account of the caller, which is that of an answer without
 * an ARN. Null where there is none.
 */
export function credentialsIn(answer: string, ownAccount: string | null): IssuedCredentials | null {
  const [, inside = ''] = /<Credentials>([\s\S]*?)<\/Credentials>/.exec(answer) ?? [];
  const [accessKeyId, secretAccessKey, sessionToken] = ['AccessKeyId', 'SecretAccessKey', 'SessionToken'].map((name) => textOf(inside, name));
  const expiresAt = Date.parse(textOf(inside, 'Expiration') ?? '');
  const accountId = accountIdOf(textOf(answer, 'Arn') ?? '') ?? ownAccount;
  if (!accessKeyId || !secretAccessKey || !sessionToken || Number.isNaN(expiresAt) || accountId === null) return null;
  return { credentials: { accessKeyId, secretAccessKey, sessionToken, expiresAt }, accountId };
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

function textOf(xml: string, element: string): string | null {
  const text = new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml)?.[1];
  return text === undefined ? null : text.trim().replaceAll(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => entities[name] ?? '');
}
