import type { Clock } from './clock.ts';
import { uniqueId } from './identifiers.ts';
import type { InlinePolicy } from './inline-policy.ts';
import { VirtualMfaDevice, type MfaDevice } from './mfa-device.ts';

export type Account = { readonly accountId: string; readonly alias: string | null };

/** An IAM user with AdministratorAccess, narrowed by its inline policies only. */
export type User = {
  readonly userName: string;
  readonly userId: string;
  readonly accountId: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly mfaDevices: MfaDevice[];
  readonly inlinePolicies: Map<string, InlinePolicy>;
};

/** An IAM role with AdministratorAccess, whose trust policy names whole accounts. */
export type Role = {
  readonly roleName: string;
  readonly roleId: string;
  readonly accountId: string;
  readonly arn: string;
  readonly trustedAccountIds: readonly string[];
  readonly maxSessionSeconds: number;
};

export type Directory = {
  readonly accounts: readonly Account[];
  readonly users: readonly User[];
  readonly roles: readonly Role[];
};

/** The principals that exist from the start. */
export type Seed = {
  readonly directory: Directory;
  readonly a: Account;
  readonly b: Account;
  readonly c: Account;
  readonly alice: User;
  readonly device: VirtualMfaDevice;
  readonly deployInB: Role;
  readonly deployInC: Role;
};

/** Account A with alice, and accounts B and C with a role `deploy` that trusts A. */
export function seed(clock: Clock): Seed {
  const a: Account = { accountId: '111111111111', alias: 'example-dev' };
  const b: Account = { accountId: '222222222222', alias: null };
  const c: Account = { accountId: '333333333333', alias: null };
  const device = new VirtualMfaDevice(`arn:aws:iam::${a.accountId}:mfa/alice`, `alice@${a.alias}`, clock);
  const alice: User = {
    userName: 'alice',
    userId: uniqueId('AIDA'),
    accountId: a.accountId,
    arn: `arn:aws:iam::${a.accountId}:user/alice`,
    createdAt: clock(),
    mfaDevices: [device],
    inlinePolicies: new Map(),
  };
  const deployInB = deployRole(b, a);
  const deployInC = deployRole(c, a);
  const directory = { accounts: [a, b, c], users: [alice], roles: [deployInB, deployInC] };
  return { directory, a, b, c, alice, device, deployInB, deployInC };
}

function deployRole({ accountId }: Account, trusted: Account): Role {
  return {
    roleName: 'deploy',
    roleId: uniqueId('AROA'),
    accountId,
    arn: `arn:aws:iam::${accountId}:role/deploy`,
    trustedAccountIds: [trusted.accountId],
    // The longest that AWS allows, so that the limit of role chaining can be told from the role's.
    maxSessionSeconds: 43_200,
  };
}
