import type { Result } from '../../contract/app-error.ts';
import type { CommandRequest } from '../../contract/ipc.ts';
import type { Profile, ProfileRole } from '../../contract/ui-state.ts';
import type { AwsCalls } from '../../aws/requests/calls.ts';
import { configuredRegion } from '../../aws/client/configured-region.ts';
import { consoleSignIn } from '../../aws/requests/late.ts';
import { partitionOf, roleNameOf } from '../../core/aws-names/arn.ts';
import { consoleDestination } from '../../core/aws-names/console-pages.ts';
import { consoleSeconds } from '../../core/hand-offs/console-seconds.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { isLive } from '../../core/sessions/session.ts';
import type { HandOffTargets } from './hand-offs.ts';
import type { HeldSessions, LiveHeld } from '../sessions/held-sessions.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { SessionManager } from '../sessions/session-manager.ts';
import { withSession } from '../sessions/with-session.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';
import type { Requester } from '../prompts/waiting-programs.ts';

type Parts = {
  readonly store: UiStateStore;
  readonly sessions: Pick<SessionManager, 'find' | 'credentials'>;
  readonly held: Pick<HeldSessions, 'find' | 'expire'>;
  readonly ledger: Pick<Ledger, 'handedOff'>;
  readonly aws: Pick<AwsCalls, 'optionsOf'>;
  readonly openSignIn: HandOffTargets['openSignIn'];
  readonly now: () => number;
};

/** Opens the AWS console as a role session. */
export class ConsoleSignIns {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * The address that signs in, a secret for 15 minutes; `service` such as `s3`, null for the console's
   * home. Errors: `console-base-session` `{profile, roles}`, `console-no-role` `{profile}`, those of
   * `consoleSignIn` and of the session.
   */
  async url(name: string, service: string | null, requester: Requester): Promise<Result<string>> {
    const role = this.role(name);
    return role.ok ? withSession(this.#parts, role.value.profile, requester, (held) => this.#signIn(held, service, requester)) : role;
  }

  /** As whom the console would be opened. Errors: `console-base-session` `{profile, roles}`, `console-no-role` and `session-none` `{profile}`. */
  role(name: string): Result<Pick<ProfileRole, 'accountId' | 'roleName'> & { readonly profile: string }> {
    const found = this.#parts.sessions.find(name);
    if (!found.ok) return found;
    const { name: profile } = found.value;
    const role = roleOf(found.value);
    if (role !== null) return succeeded({ profile, accountId: role.accountId, roleName: role.roleName });
    const { foreign, session } = found.value;
    // Whose session such a source gives is known when it has given one.
    return failed(foreign !== null && !isLive(session) ? appError('session-none', { profile }) : this.#onlyRoles(profile));
  }

  /** In the user's browser. */
  async open(name: string, service: string | null, requester: Requester): Promise<Result<null>> {
    const url = await this.url(name, service, requester);
    return url.ok ? this.#parts.openSignIn(url.value, name) : url;
  }

  async openFromPanel({ profile }: CommandRequest<'openConsole'>): Promise<void> {
    const opened = await this.open(profile, null, { by: 'user' });
    this.#parts.store.notify(opened.ok ? { kind: 'console-opened', profile } : { kind: 'failed', profile, error: opened.error });
  }

  async #signIn(held: LiveHeld, service: string | null, requester: Requester): Promise<Result<string>> {
    const { aws, ledger, now } = this.#parts;
    const { profile, session, credentials } = held;
    const { arn } = session.identity;
    const options = aws.optionsOf(profile, credentials);
    const partition = partitionOf(arn);
    const destination = consoleDestination({ partition, region: configuredRegion(options), service });
    if (destination === null) return failed(appError('console-partition-unknown', { partition: partition ?? arn }));
    const url = await consoleSignIn({ ...options, credentials }, { arn, sessionSeconds: consoleSeconds(session, now()), destination });
    if (url.ok) void ledger.handedOff(held, { way: 'console', credentials: 'static', ...recipientOf(requester) });
    return url;
  }

  #onlyRoles(profileName: string) {
    const roles = this.#parts.store.content.profiles.filter(({ role }) => role?.userProfile === profileName).map(({ name }) => name);
    return roles.length === 0
      ? appError('console-no-role', { profile: profileName })
      : appError('console-base-session', { profile: profileName, roles: roles.join(', ') });
  }
}

/** The role whose session a profile has, or would have: its own, a permission set, or that of a session from elsewhere. */
function roleOf({ role, foreign, session }: Profile): Pick<ProfileRole, 'accountId' | 'roleName'> | null {
  if (role !== null) return role;
  if (foreign?.kind === 'identity-center') return foreign;
  if (foreign === null || !isLive(session)) return null;
  const { arn, accountId } = session.identity;
  const roleName = roleNameOf(arn);
  return roleName === null ? null : { accountId, roleName };
}

function recipientOf(requester: Requester) {
  return requester.by === 'program' ? { recipient: { named: requester.program, known: requester.program } } : {};
}
