import type { HeldSession, Identity } from '../../contract/ui-state.ts';
import type { AwsCalls } from '../../aws/requests/calls.ts';
import { appError } from '../../core/errors.ts';
import { endOf, isLive } from '../../core/sessions/session.ts';
import type { IssuedSession } from '../issuing/code-exchange.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';
import type { HeldSessions } from './held-sessions.ts';

type Parts = {
  readonly store: UiStateStore;
  readonly held: HeldSessions;
  readonly aws: Pick<AwsCalls, 'accountAlias'>;
  /** What is kept of a use beyond its session. */
  readonly rememberUse: (profileName: string, identity: Pick<Identity, 'accountId' | 'accountAlias'>) => void;
  /** A code brought a session. */
  readonly onStarted: (profileName: string) => void;
};

/** Takes in the sessions that AWS issues: holds them, and finds out what is shown beside them. */
export class NewSessions {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Call this before AWS is asked for a session of the profile, and the returned function with what AWS
   * issued. A session that came too late, because the profile changed or was ended meanwhile, is dropped;
   * where it had cost a code, the panel says so.
   */
  expect(profileName: string, origin: HeldSession['origin']): (issued: IssuedSession & Pick<HeldSession, 'endUnknown' | 'renewedUntil'>) => void {
    const { held, store, rememberUse, onStarted } = this.#parts;
    const hold = held.expect(profileName);
    return ({ credentials, caller, issuedAt, codeFrom = null, ...rest }) => {
      const kept = { credentials, identity: { ...caller, accountAlias: null }, issuedAt, origin, ...endOf(rest) };
      const isHeld = hold(kept, codeFrom);
      if (isHeld) {
        rememberUse(profileName, { accountId: caller.accountId, accountAlias: null });
        void this.#nameAccount(profileName, credentials, issuedAt);
        if (origin === 'code') onStarted(profileName);
      } else if (origin === 'code') {
        store.notify({ kind: 'failed', profile: profileName, error: appError('profile-changed', { profile: profileName }) });
      }
    };
  }

  async #nameAccount(profileName: string, credentials: IssuedSession['credentials'], issuedAt: number): Promise<void> {
    const { store, aws, held, rememberUse } = this.#parts;
    const profile = store.profile(profileName);
    if (profile === undefined) return;
    const accountAlias = await aws.accountAlias(profile, credentials);
    held.nameAccount(profileName, issuedAt, accountAlias);
    const { session } = store.profile(profileName) ?? profile;
    if (isLive(session) && accountAlias !== null) rememberUse(profileName, { accountId: session.identity.accountId, accountAlias });
  }
}
