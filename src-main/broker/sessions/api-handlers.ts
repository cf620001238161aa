import type { Result } from '../../contract/app-error.ts';
import type { ApiRequest, SessionStatus } from '../../contract/local-api.ts';
import type { LimitedSession, Profile } from '../../contract/ui-state.ts';
import type { AwsCalls } from '../../aws/requests/calls.ts';
import { roleNameOf } from '../../core/aws-names/arn.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { isoSeconds } from '../../core/hand-offs/exports.ts';
import { isLive, remaining } from '../../core/sessions/session.ts';
import type { Callers } from '../local-api/callers.ts';
import type { ApiContext, ApiHandlers } from '../local-api/server.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';
import type { ChosenSessions } from './chosen-sessions.ts';
import type { HeldSessions } from './held-sessions.ts';
import type { LimitedSessions } from './limited-sessions.ts';
import type { SessionManager } from './session-manager.ts';

type Parts = {
  readonly store: Pick<UiStateStore, 'content'>;
  readonly held: Pick<HeldSessions, 'find'>;
  readonly sessions: Pick<SessionManager, 'find' | 'login' | 'profileOfCode' | 'secondsOfCode' | 'endSession'>;
  readonly chosen: Pick<ChosenSessions, 'limitOf'>;
  readonly limited: Pick<LimitedSessions, 'renewed'>;
  readonly aws: Pick<AwsCalls, 'wayToAws'>;
  readonly callers: Callers;
  readonly now: () => number;
};

/** What the command line asks of sessions. */
export function sessionApiHandlers({ store, held, sessions, chosen, limited, aws, callers, now }: Parts) {
  /** A new limited session, after one of the role's source where a code came along. */
  const limitedLogin = async (request: ApiRequest<'login'>, context: ApiContext): Promise<Result<SessionStatus>> => {
    const wanted = { minLeftMs: 0, requester: callers.requester(request, context) };
    const limit = await chosen.limitOf(request);
    if (!limit.ok) return limit;
    if (limit.value === null) return failed(appError('limit-unknown'));
    const found = sessions.find(limit.value.profile);
    if ((request.code ?? request.codeFrom) !== undefined && found.ok) {
      const base = await sessions.login(found.value.role?.userProfile ?? found.value.name, wanted, { code: request.code, codeFrom: request.codeFrom });
      if (!base.ok) return base;
    }
    const renewed = await limited.renewed(limit.value, wanted);
    if (!renewed.ok) return renewed;
    const shown = store.content.limited.find(({ limitId }) => limitId === limit.value?.id);
    return shown === undefined ? failed(appError('session-none', { profile: limit.value.profile })) : succeeded(limitedStatus(shown, now()));
  };
  return {
    status: async () =>
      succeeded({
        sessions: [
          ...store.content.profiles.flatMap((profile) => statusOf(profile, now())),
          ...store.content.limited.map((session) => limitedStatus(session, now())),
        ],
      }),
    login: async (request, context) => {
      if (request.policies !== undefined) return limitedLogin(request, context);
      const started = await sessions.login(request.profile, { minLeftMs: 0, requester: callers.requester(request, context) }, request);
      if (!started.ok) return started;
      const { profile } = started.value;
      const [status] = statusOf(held.find(profile.name)?.profile ?? profile, now());
      return status === undefined ? failed(appError('session-none', { profile: profile.name })) : succeeded(status);
    },
    'way-to-aws': async ({ profile: name, durationSeconds }) => {
      const found = sessions.find(name);
      return found.ok ? succeeded(await aws.wayToAws(sessions.profileOfCode(found.value, sessions.secondsOfCode(found.value, durationSeconds)))) : found;
    },
    logout: async (request) => {
      if ('all' in request) {
        const limitedOnly = store.content.limited.map(({ profile }) => profile);
        const live = store.content.profiles.filter(({ name, session }) => isLive(session) || limitedOnly.includes(name));
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
      // What others give may be a session of a role too, as those of an access portal are.
      kind: role === null && roleNameOf(arn) === null ? 'base' : 'role',
      accountId,
      accountAlias,
      arn,
      expiration: isoSeconds(session.expiresAt),
      secondsLeft: Math.floor(remaining(session, now) / 1000),
    },
  ];
}

function limitedStatus({ profile, policies, accountId, arn, expiresAt }: LimitedSession, now: number): SessionStatus {
  const [expiration, secondsLeft] = [isoSeconds(expiresAt), Math.floor(remaining({ expiresAt }, now) / 1000)];
  return { profile, kind: 'role', accountId, accountAlias: null, arn, expiration, secondsLeft, policies };
}
