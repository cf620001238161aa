import type { Result } from '../../src-main/contract/app-error.ts';
import { denialDocument } from '../../src-main/core/revocation/revocation.ts';
import type { ClientOptions } from '../../src-main/aws/client/clients.ts';
import { accessKeys, createAccessKey, deactivateAccessKey, deleteAccessKey } from '../../src-main/aws/requests/access-keys.ts';
import { callerIdentity } from '../../src-main/aws/requests/identity.ts';
import { deletePolicy, putPolicy } from '../../src-main/aws/requests/revocation.ts';
import { assumeRole } from '../../src-main/aws/requests/role-session.ts';
import { sessionToken } from '../../src-main/aws/requests/session-token.ts';

/** Who calls, and with what. */
export type AwsCaller = {
  readonly serial: string;
  readonly code: () => Promise<string>;
  readonly roleArn: string;
  readonly byKey: ClientOptions;
  readonly bySession: ClientOptions;
};

const principal = { kind: 'user', name: 'alice', arn: 'arn:aws:iam::111111111111:user/alice', accountId: '111111111111' } as const;
const role = {
  externalId: null,
  sourceIdentity: null,
  sessionTags: [],
  transitiveTagKeys: [],
  roleSessionName: 'alice',
  durationSeconds: 3600,
  mfa: null,
  caller: 'default',
} as const;
const keyOf = ({ credentials }: ClientOptions): string => credentials.accessKeyId;

/** Each call of STS and IAM that changes something or that the app goes by, by its action. */
export const awsCallsOf: Readonly<Record<string, (caller: AwsCaller) => Promise<Result<unknown>>>> = {
  'sts:GetSessionToken': async ({ byKey, serial, code }) => sessionToken(byKey, { serial, code: await code(), durationSeconds: 3600 }),
  'sts:AssumeRole': ({ bySession, roleArn }) => assumeRole(bySession, { roleArn, ...role }),
  'sts:GetCallerIdentity': ({ byKey }) => callerIdentity(byKey),
  'iam:ListAccessKeys': ({ bySession }) => accessKeys(bySession, 'alice'),
  'iam:CreateAccessKey': ({ bySession }) => createAccessKey(bySession, 'alice'),
  'iam:UpdateAccessKey': ({ byKey, bySession }) => deactivateAccessKey(bySession, 'alice', keyOf(byKey)),
  'iam:DeleteAccessKey': ({ byKey, bySession }) => deleteAccessKey(bySession, 'alice', keyOf(byKey)),
  'iam:PutUserPolicy': ({ bySession }) => putPolicy(bySession, principal, 'Denial', denialDocument(0)),
  'iam:DeleteUserPolicy': ({ bySession }) => deletePolicy(bySession, principal, 'Denial'),
};
