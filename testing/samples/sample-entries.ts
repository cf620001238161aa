import { revocationPolicyName } from '../../src-main/core/revocation/revocation.ts';
import type { LedgerEntry } from '../../src-main/contract/ledger.ts';

type EntryOf<E extends LedgerEntry['event']> = Extract<LedgerEntry, { event: E }>;

/** Entries of the ledger for tests; `more` holds the fields that a test cares about. */
export function issued(more: Partial<EntryOf<'issued'>> = {}): EntryOf<'issued'> {
  return {
    event: 'issued',
    at: '2026-11-23T08:00:00Z',
    profile: 'default',
    kind: 'base',
    accountId: '111111111111',
    arn: 'arn:aws:iam::111111111111:user/alice',
    role: null,
    sessionName: 'alice',
    accessKeyId: 'ASIABASE',
    expiresAt: '2026-11-23T16:00:00Z',
    ...more,
  };
}

export function roleIssued(more: Partial<EntryOf<'issued'>> = {}): EntryOf<'issued'> {
  return issued({
    at: '2026-11-23T09:00:00Z',
    profile: 'deploy',
    kind: 'role',
    accountId: '222222222222',
    arn: 'arn:aws:sts::222222222222:assumed-role/deploy/alice',
    role: 'deploy',
    accessKeyId: 'ASIAROLE',
    expiresAt: '2026-11-23T10:00:00Z',
    ...more,
  });
}

export function handedOff(more: Partial<EntryOf<'handed-off'>> = {}): EntryOf<'handed-off'> {
  return {
    event: 'handed-off',
    at: '2026-11-23T09:05:00Z',
    profile: 'default',
    accessKeyId: 'ASIABASE',
    way: 'credential-process',
    credentials: 'static',
    program: { pid: 4711, command: 'terraform plan', folder: '/home/alice/network' },
    ...more,
  };
}

export function ended(more: Partial<EntryOf<'ended'>> = {}): EntryOf<'ended'> {
  return { event: 'ended', at: '2026-11-23T11:00:00Z', profile: 'default', accessKeyId: 'ASIABASE', how: 'ended', ...more };
}

export function revoked(more: Partial<EntryOf<'revoked'>> = {}): EntryOf<'revoked'> {
  return {
    event: 'revoked',
    at: '2026-11-23T12:00:00Z',
    profile: 'deploy',
    arn: 'arn:aws:iam::222222222222:role/deploy',
    policyName: revocationPolicyName,
    issuedBefore: '2026-11-23T12:00:00Z',
    neededUntil: '2026-11-24T00:00:00Z',
    ...more,
  };
}

export function revocationRemoved(more: Partial<EntryOf<'revocation-removed'>> = {}): EntryOf<'revocation-removed'> {
  const { at: _at, issuedBefore: _issuedBefore, neededUntil: _neededUntil, ...what } = revoked();
  return { ...what, event: 'revocation-removed', at: '2026-11-24T00:30:00Z', ...more };
}

export function keyChanged(more: Partial<EntryOf<'access-key'>> = {}): EntryOf<'access-key'> {
  return { event: 'access-key', at: '2026-11-23T13:00:00Z', profile: 'default', accessKeyId: 'AKIANEW', change: 'created', ...more };
}
