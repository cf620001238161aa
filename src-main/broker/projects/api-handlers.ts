import type { GuardReport } from '../../contract/guard.ts';
import type { ApiAnswers, RunKind } from '../../contract/local-api.ts';
import { succeeded } from '../../core/errors.ts';
import { remaining } from '../../core/sessions/session.ts';
import { isRunwayShort } from '../../core/terraform/runs/runway.ts';
import type { Callers } from '../local-api/callers.ts';
import type { ApiHandlers } from '../local-api/server.ts';
import type { Confirmations } from '../questions/confirmations.ts';
import type { HeldSessions } from '../sessions/held-sessions.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';
import type { AccountGuard } from './account-guard.ts';
import type { Projects } from './projects.ts';

type RunwayParts = {
  readonly store: Pick<UiStateStore, 'content'>;
  readonly held: Pick<HeldSessions, 'find'>;
  readonly projects: Pick<Projects, 'recordCheck' | 'bind' | 'longestRun'>;
  readonly now: () => number;
};

type Parts = RunwayParts & {
  readonly guard: Pick<AccountGuard, 'judge'>;
  readonly confirmations: Pick<Confirmations, 'ask'>;
  readonly callers: Callers;
};

/** What a run of Terraform asks before it starts. */
export function projectApiHandlers({ guard, confirmations, callers, ...parts }: Parts) {
  const { projects } = parts;
  return {
    check: async (request, context) => {
      const { profile, reading, accounts = [], run, relay = false, only = false } = request;
      const report = await guard.judge(reading, { profile, accounts, relay, only, requester: callers.requester(request, context) });
      if (!report.ok) return report;
      projects.recordCheck(report.value);
      return succeeded({ report: report.value, shortRunway: run === undefined ? null : shortRunway(report.value, run, parts) });
    },
    bind: async (request, context) => {
      const { profile, folder, workspace, accountIds } = request;
      const confirmed = await confirmations.ask(
        async () => succeeded({ profile, accountIds, action: { verb: 'bind', folder, workspace } }),
        callers.asking(request, context),
      );
      if (!confirmed.ok) return confirmed;
      projects.bind({ profile, folder, workspace, accountIds });
      return succeeded({});
    },
  } satisfies Partial<ApiHandlers>;
}

/** A role session is renewed silently, so what counts is the session that it comes from. */
function shortRunway({ folder, profile: name }: GuardReport, run: RunKind, { store, held, projects, now }: RunwayParts): ApiAnswers['check']['shortRunway'] {
  const longestRunSeconds = projects.longestRun(folder, run);
  const session = held.find(name);
  const source = session?.session.origin === 'session' ? held.find(session.profile.role?.userProfile ?? name) : session;
  if (source === null || longestRunSeconds === null) return null;
  const leftSeconds = remaining(source.session, now()) / 1000;
  const newSeconds = source.profile.role?.durationSeconds ?? store.content.settings.sessionSeconds;
  if (!isRunwayShort({ longestSeconds: longestRunSeconds, leftSeconds, newSeconds })) return null;
  return { profile: source.profile.name, leftSeconds, longestRunSeconds };
}
