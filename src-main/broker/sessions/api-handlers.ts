import type { SessionStatus } from '../../contract/local-api.ts';
import type { Profile } from '../../contract/ui-state.ts';
import type { AwsCalls } from '../../aws/requests/calls.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { isoSeconds } from '../../core/hand-offs/exports.ts';
import { isLive, remaining } from '../../core/sessions/session.ts';
import type { Callers } from '../local-api/callers.ts';
import type { ApiHandlers } from '../local-api/server.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';
import type { HeldSessions } from './held-sessions.ts';
import type { SessionManager } from './session-manager.ts';

type Parts = {
  readonly store: Pick<UiStateStore, 'content'>;
  readonly held: Pick<HeldSessions, 'find'>;
  readonly sessions: Pick<SessionManager, 'find' | 'login' | 'profileOfCode' | 'endSession'>;
  readonly aws: Pick<AwsCalls, 'wayToAws'>;
  readonly callers: Callers;
  readonly now: () => number;
};

/** What the command line asks of sessions. */
export function sessionApiHandlers({ store, held, sessions, aws, callers, now }: Parts) {
  return {
    status: async () => succeeded({ sessions: store.content.profiles.flatMap((profile) => statusOf(profile, now())) }),
    login: async (request, context) => {
      const started = await sessions.login(request.profile, { minLeftMs: 0, requester: callers.requester(request, context) }, request);
      if (!started.ok) return started;
      const { profile } = started.value;
      const [status] = statusOf(held.find(profile.name)?.profile ?? profile, now());
      return status === undefined ? failed(appError('session-none', { profile: profile.name })) : succeeded(status);
    },
    'way-to-aws': async ({ profile: name, durationSeconds }) => {
      const found = sessions.find(name);
      return found.ok ? succeeded(await aws.wayToAws(sessions.profileOfCode(found.value, durationSeconds))) : found;
    },
    logout: async (request) => {
      if ('all' in request) {
        const live = store.content.profiles.filter(({ session }) => isLive(session));
        for (const { name } of live) sessions.endSession({ profile: name });
        return succeeded({ ended: live.map(({ name }) => name) });
      }
      const found = sessions.find(request.profile);
      return found.ok ? succeeded({ ended: sessions.endSession({ profile: found.value.name }) }) : found;
    },
  } satisfies Partial<ApiHandlers>;
}

function statusOf({ name, role, session }: Profile, now: number): readonly SessionStatus[] {
  if (!isLive(session)) return [];
  const { accountId, accountAlias, arn } = session.identity;
  return [
    {
      profile: name,
      kind: role === null ? 'base' : 'role',
      accountId,
      accountAlias,
      arn,
      expiration: isoSeconds(session.expiresAt),
      secondsLeft: Math.floor(remaining(session, now) / 1000),
    },
  ];
}
