import { setTimeout as sleep } from 'node:timers/promises';
import type { Revocation } from '../../contract/settings.ts';
import type { AppError, Result } from '../../contract/app-error.ts';
import type { RevocationPreview } from '../../contract/sheet.ts';
import type { Profile } from '../../contract/ui-state.ts';
import type { AwsCalls } from '../../aws/requests/calls.ts';
import { callerAt, deletePolicy, putPolicy, roleSecondsMax } from '../../aws/requests/late.ts';
import { partitionOf, roleNameOf } from '../../core/aws-names/arn.ts';
import { iamPrincipalPage } from '../../core/aws-names/console-pages.ts';
import { appError, failed, mayHaveWorked, succeeded } from '../../core/errors.ts';
import { isoSeconds } from '../../core/hand-offs/exports.ts';
import {
  denialDocument,
  denialTime,
  issueStepMs,
  longestSessionSeconds,
  permissionSetOf,
  principalOf,
  principalOfCaller,
  revocationPolicyName,
  type Principal,
} from '../../core/revocation/revocation.ts';
import { revokedSessions } from '../../core/revocation/revoked-sessions.ts';
import type { HeldSessions, LiveHeld } from '../sessions/held-sessions.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { SessionManager } from '../sessions/session-manager.ts';
import { withSession } from '../sessions/with-session.ts';
import type { SettingsManager } from '../state/settings-manager.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';
import type { Requester } from '../prompts/waiting-programs.ts';

type Parts = {
  readonly store: UiStateStore;
  readonly held: HeldSessions;
  readonly sessions: Pick<SessionManager, 'find' | 'credentials'>;
  readonly settings: Pick<SettingsManager, 'keepRevocations'>;
  readonly ledger: Pick<Ledger, 'record'>;
  readonly aws: Pick<AwsCalls, 'callerAt' | 'optionsOf'>;
};

/** How many keys of sessions from outside the app are remembered of a revocation. */
const foreignKeysMax = 100;

/** What would be written. */
type Denial = {
  readonly principal: Principal;
  /** Epoch milliseconds by AWS's clock. */
  readonly issuedBefore: number;
  readonly neededUntil: number;
};

/** Denies the sessions that a user or a role has been issued so far, by an inline policy of the app's own. */
export class Revocations {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * What `revoke` would do now. Nobody is asked for a code: without a session that AWS takes the
   * access key says whose it is. Errors: `revoke-root` `{profile}`, `revoke-permission-set` `{profile, role, account}`,
   * `session-none` `{profile}` where there is no key either, and those of STS.
   */
  async preview(name: string): Promise<Result<RevocationPreview>> {
    const found = this.#revocable(name);
    if (!found.ok) return found;
    const held = this.#parts.held.find(found.value.name);
    const bySession = held === null ? null : await this.#denialBy(held);
    const denial = bySession === null || (!bySession.ok && bySession.error.code === 'session-expired') ? await this.#denialByKey(found.value) : bySession;
    return denial.ok ? succeeded(this.#previewOf(denial.value)) : denial;
  }

  /**
   * Writes the policy, and lets go of the sessions that it denies. Sessions started from then on are
   * not denied. Errors: those of `preview` and of the session that it takes; `permission-denied`,
   * `policy-limit`, `entity-missing`, `entity-protected`.
   */
  async revoke(name: string, requester: Requester): Promise<Result<RevocationPreview>> {
    const found = this.#revocable(name);
    if (!found.ok) return found;
    return withSession(this.#parts, name, requester, async (live) => {
      const denial = await this.#denialBy(live);
      if (!denial.ok) return denial;
      const { principal, issuedBefore } = denial.value;
      // Sessions issued within the second of the denial are denied too, so wait before anybody asks for a new one.
      const isOver = sleep(issueStepMs);
      const { revocations: before } = this.#parts.store.content.settings;
      // First, since the policy has to be removed one day, also where the app ends before AWS has answered.
      await this.#keep(live.profile.name, denial.value);
      const written = await putPolicy(this.#parts.aws.optionsOf(live.profile, live.credentials), principal, revocationPolicyName, denialDocument(issuedBefore));
      if (!written.ok && written.error.code === 'session-expired') await isOver;
      if (!written.ok && !mayHaveWorked(written.error)) await this.#put(principal.arn, before[principal.arn]);
      if (!written.ok) return written;
      this.#remember(live.profile.name, denial.value);
      await isOver;
      const revoked = this.#previewOf(denial.value);
      await this.#keepForeignKeys(principal.arn, revoked.ends, before[principal.arn]?.foreignKeys ?? []);
      for (const ended of revoked.ends) this.#parts.held.end(ended, 'revoked');
      for (const ended of revoked.outlive) this.#parts.held.end(ended);
      return succeeded(revoked);
    });
  }

  /**
   * Takes the policy off again. Errors: `revocation-none` `{profile}`, those of the session that it
   * takes, `profile-changed` `{profile}` when that is of another account by now, `permission-denied`.
   */
  async remove(arn: string, requester: Requester): Promise<Result<null>> {
    const { store, ledger } = this.#parts;
    const revocation = store.content.settings.revocations[arn];
    const principal = principalOf(arn);
    if (revocation === undefined || principal === null) return failed(appError('revocation-none', { profile: arn }));
    const { profile: name, policyName } = revocation;
    const removed = await withSession(this.#parts, name, requester, async ({ profile, session, credentials }) => {
      if (session.identity.accountId !== principal.accountId) return failed(appError('profile-changed', { profile: profile.name }));
      return deletePolicy(this.#parts.aws.optionsOf(profile, credentials), principal, policyName);
    });
    if (!removed.ok) return removed;
    this.forget(arn);
    ledger.record({ event: 'revocation-removed', profile: name, arn, policyName });
    store.notify({ kind: 'revocation-removed', profile: name, arn, policyName });
    return removed;
  }

  /** Somebody else took the policy off, or the user or role has gone. */
  forget(arn: string): void {
    void this.#put(arn, undefined);
  }

  /** The ARN whose sessions were revoked for a profile, or for another one of the same user or role; null for none. */
  principalFor(name: string): string | null {
    const { sessions, store } = this.#parts;
    const found = sessions.find(name);
    if (!found.ok) return null;
    const { name: known, role } = found.value;
    const entries = Object.entries(store.content.settings.revocations);
    // What the profile means now takes precedence over what it meant when its sessions were revoked.
    const present = entries.find(([arn, { profile }]) => (role === null ? this.#isSameKey(profile, known) : arn === role.roleArn));
    const former = entries.find(([, { profile }]) => profile === known);
    return (present ?? former)?.[0] ?? null;
  }

  /** Two user profiles with the same access key are the same user. */
  #isSameKey(one: string, other: string): boolean {
    const { held } = this.#parts;
    const [of, and] = [held.sourceOf(one), held.sourceOf(other)];
    return of.roles === null && and.roles === null && of.accessKeyId !== null && of.accessKeyId === and.accessKeyId;
  }

  /** Fails before anybody is asked to sign in for it. */
  #revocable(name: string): Result<Profile> {
    const found = this.#parts.sessions.find(name);
    if (!found.ok || found.value.foreign?.kind !== 'identity-center') return found;
    return failed(ofPermissionSet(found.value.name, found.value.foreign));
  }

  async #denialBy({ profile, session, credentials }: LiveHeld): Promise<Result<Denial>> {
    const options = this.#parts.aws.optionsOf(profile, credentials);
    const roleName = profile.role?.roleName ?? roleNameOf(session.identity.arn);
    // First, because AWS's time goes stale while we wait.
    const seconds = roleName === null ? null : await roleSecondsMax(options, roleName);
    return denialFor(profile, await callerAt(options), seconds);
  }

  async #denialByKey(profile: Profile): Promise<Result<Denial>> {
    if (profile.foreign !== null || profile.role?.withoutKey === true) return failed(appError('session-none', { profile: profile.name }));
    return denialFor(profile, await this.#parts.aws.callerAt({ ...profile, name: profile.role?.userProfile ?? profile.name }), null);
  }

  #previewOf({ principal, issuedBefore, neededUntil }: Denial): RevocationPreview {
    const { ends, outlive } = revokedSessions(this.#parts.store.content.profiles, principal);
    return {
      principal,
      policyName: revocationPolicyName,
      document: denialDocument(issuedBefore),
      neededUntil: isoSeconds(neededUntil),
      ends: ends.map(({ name }) => name),
      outlive: outlive.map(({ name }) => name),
      consoleUrl: iamPrincipalPage({ partition: partitionOf(principal.arn), kind: principal.kind, name: principal.name }),
    };
  }

  #keep(name: string, { principal: { arn }, issuedBefore, neededUntil }: Denial): Promise<void> {
    return this.#put(arn, { profile: name, policyName: revocationPolicyName, issuedBefore, neededUntil });
  }

  /** What is remembered of a user or role from now on; undefined for nothing. Resolves when it is on the disk. */
  #put(arn: string, revocation: Revocation | undefined): Promise<void> {
    const { store, settings } = this.#parts;
    const { [arn]: _before, ...others } = store.content.settings.revocations;
    return settings.keepRevocations(revocation === undefined ? others : { ...others, [arn]: revocation });
  }

  /** What the app did not make, its source may give again. */
  #keepForeignKeys(arn: string, ends: readonly string[], before: readonly string[]): Promise<void> {
    const { held, store } = this.#parts;
    const found = ends.flatMap((name) => held.find(name) ?? []).filter(({ session }) => session.origin === 'source');
    const keys = [...new Set([...before, ...found.map(({ credentials }) => credentials.accessKeyId)])].slice(-foreignKeysMax);
    const kept = store.content.settings.revocations[arn];
    return keys.length === 0 || kept === undefined ? Promise.resolve() : this.#put(arn, { ...kept, foreignKeys: keys });
  }

  #remember(name: string, denial: Denial): void {
    const {
      principal: { arn },
      issuedBefore,
      neededUntil,
    } = denial;
    const policyName = revocationPolicyName;
    this.#parts.ledger.record({
      event: 'revoked',
      profile: name,
      arn,
      policyName,
      issuedBefore: isoSeconds(issuedBefore),
      neededUntil: isoSeconds(neededUntil),
    });
  }
}

function ofPermissionSet(profile: string, { roleName, accountId }: { readonly roleName: string; readonly accountId: string }): AppError {
  return appError('revoke-permission-set', { profile, role: roleName, account: accountId });
}

function denialFor({ name, role }: Profile, caller: Awaited<ReturnType<typeof callerAt>>, roleSeconds: number | null): Result<Denial> {
  if (!caller.ok) return caller;
  const principal = role === null ? principalOfCaller(caller.value.arn) : principalOf(role.roleArn);
  if (principal === null) return failed(appError('revoke-root', { profile: name }));
  const permissionSet = permissionSetOf(principal.name);
  if (permissionSet !== null) return failed(ofPermissionSet(name, { roleName: permissionSet, accountId: principal.accountId }));
  const issuedBefore = denialTime(caller.value.time);
  const seconds = roleSeconds ?? longestSessionSeconds[principal.kind];
  return succeeded({ principal, issuedBefore, neededUntil: issuedBefore + seconds * 1000 });
}
