import type { Clock } from '../wire/clock.ts';
import { uniqueId } from './identifiers.ts';
import type { InlinePolicy } from './inline-policy.ts';
import { VirtualMfaDevice, type MfaDevice } from './mfa-device.ts';

export type Account = { readonly accountId: string; readonly alias: string | null };

/** What limits the AdministratorAccess of a user or role. */
export type Limits = {
  readonly inlinePolicies: Map<string, InlinePolicy>;
  /** Patterns of actions that no policy allows, as if AdministratorAccess left them out. */
  readonly withheldActions: Set<string>;
};

/** An IAM user with AdministratorAccess, apart from its limits. */
export type User = Limits & {
  readonly userName: string;
  readonly userId: string;
  readonly accountId: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly mfaDevices: MfaDevice[];
};

/** An IAM role with AdministratorAccess, apart from its limits, whose trust policy names whole accounts. */
export type Role = Limits & {
  readonly roleName: string;
  readonly roleId: string;
  readonly accountId: string;
  readonly arn: string;
  readonly trustedAccountIds: readonly string[];
  /** What the trust policy compares `sts:ExternalId` with; null when it does not. */
  readonly externalId: string | null;
  readonly maxSessionSeconds: number;
};

export type Directory = {
  readonly accounts: readonly Account[];
  readonly users: readonly User[];
  readonly roles: readonly Role[];
};

export type UserWithDevice = { readonly user: User; readonly device: VirtualMfaDevice };

/** The principals that exist from the start. */
export type Seed = {
  readonly directory: Directory;
  readonly a: Account;
  readonly b: Account;
  readonly c: Account;
  /** One user in each account, with the MFA device of each. */
  readonly alice: UserWithDevice;
  readonly bob: UserWithDevice;
  readonly carol: UserWithDevice;
  readonly deployInB: Role;
  readonly deployInC: Role;
  readonly partnerInB: Role;
  readonly auditInC: Role;
  readonly partnerInA: Role;
  readonly foreignInA: Role;
};

/**
 * Account A with alice, B with bob and C with carol; B and C each have a role `deploy` that trusts A. B also has a role
 * `partner`, which asks for an external ID; C also has `audit`, which only B's roles may assume. A has a
 * `partner` of its own, and `foreign`, which trusts only B. Roles by the names of `openRoles`, which may be
 * ones of these, trust all of these accounts and those of each other.
 */
export function seed(clock: Clock, openRoles: readonly string[] = []): Seed {
  const a: Account = { accountId: '111111111111', alias: 'example-dev' };
  const b: Account = { accountId: '222222222222', alias: null };
  const c: Account = { accountId: '333333333333', alias: null };
  const [alice, bob, carol] = [userIn(a, 'alice', clock), userIn(b, 'bob', clock), userIn(c, 'carol', clock)];
  const deployInB = role('deploy', b, [a]);
  const deployInC = role('deploy', c, [a]);
  // The default in AWS is an hour, unless somebody raised it.
  const partnerInB = role('partner', b, [a], { externalId: 'example-external-id', maxSessionSeconds: 3_600 });
  const auditInC = role('audit', c, [b]);
  const partnerInA = role('partner', a, [a], { externalId: 'example-external-id' });
  const foreignInA = role('foreign', a, [b]);
  const named = [deployInB, deployInC, partnerInB, auditInC, partnerInA, foreignInA];
  const open = opened(openRoles, [a, b, c]);
  const roles = [...open, ...named.filter(({ arn }) => !openRoles.includes(arn))];
  const directory = { accounts: [a, b, c], users: [alice.user, bob.user, carol.user], roles };
  return { directory, a, b, c, alice, bob, carol, deployInB, deployInC, partnerInB, auditInC, partnerInA, foreignInA };
}

/** The role that Identity Center makes of a permission set in an account. No policy of its own lets anybody else assume it. */
export function reservedRole(permissionSet: string, accountId: string): Role {
  const suffix = uniqueId('AROA').slice(4).toLowerCase();
  return role(`AWSReservedSSO_${permissionSet}_${suffix}`, { accountId }, []);
}

/** The root user of an account. */
export function rootOf({ accountId }: Account, clock: Clock): User {
  const arn = `arn:aws:iam::${accountId}:root`;
  return { userName: 'root', userId: accountId, accountId, arn, createdAt: clock(), mfaDevices: [], inlinePolicies: new Map(), withheldActions: new Set() };
}

function userIn({ accountId, alias }: Account, userName: string, clock: Clock): UserWithDevice {
  const device = new VirtualMfaDevice(`arn:aws:iam::${accountId}:mfa/${userName}`, `${userName}@${alias ?? accountId}`, clock);
  const user: User = {
    userName,
    userId: uniqueId('AIDA'),
    accountId,
    arn: `arn:aws:iam::${accountId}:user/${userName}`,
    createdAt: clock(),
    mfaDevices: [device],
    inlinePolicies: new Map(),
    withheldActions: new Set(),
  };
  return { user, device };
}

function opened(arns: readonly string[], accounts: readonly Account[]): readonly Role[] {
  const owned = arns.map((arn) => {
    const [, accountId = '', roleName = ''] = /^arn:aws:iam::(\d{12}):role\/([\w+=,.@-]+)$/.exec(arn) ?? [];
    if (roleName === '') throw new Error(`Not the ARN of a role without a path: ${arn}`);
    return { accountId, roleName };
  });
  return owned.map(({ roleName, accountId }) => role(roleName, { accountId }, [...accounts, ...owned]));
}

type Owner = Pick<Account, 'accountId'>;

function role(roleName: string, { accountId }: Owner, trusted: readonly Owner[], limits: Partial<Pick<Role, 'externalId' | 'maxSessionSeconds'>> = {}): Role {
  return {
    roleName,
    roleId: uniqueId('AROA'),
    accountId,
    arn: `arn:aws:iam::${accountId}:role/${roleName}`,
    trustedAccountIds: trusted.map((account) => account.accountId),
    externalId: null,
    // The longest that AWS allows, so that a test can distinguish the limit of role chaining from the role's own.
    maxSessionSeconds: 43_200,
    inlinePolicies: new Map(),
    withheldActions: new Set(),
    ...limits,
  };
}
