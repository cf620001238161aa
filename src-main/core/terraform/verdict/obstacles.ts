import type { AppError } from '../../../contract/app-error.ts';
import type { Verdict } from '../../../contract/guard.ts';
import type { ProjectReading, UnreadModule } from '../../../contract/terraform-project.ts';
import { appError } from '../../errors.ts';

const moduleErrors = {
  'not-installed': 'guard-module-not-installed',
  'too-deep': 'guard-module-too-deep',
  circle: 'guard-module-circle',
  'too-many': 'guard-module-too-many',
  broken: 'guard-module-broken',
} as const satisfies Record<UnreadModule['reason'], AppError['code']>;

/** Terraform itself does not run with such a module, so there is no provider in it that the relay would not see. */
const harmless: ReadonlySet<AppError['code']> = new Set<AppError['code']>(['guard-module-not-installed', 'guard-module-circle']);

/** How many modules a sentence names. */
const namedMax = 5;

/** Why it is not known where all of a project leads, whatever its providers say. */
export function obstaclesOf({ runsElsewhere, unreadModules }: Pick<ProjectReading, 'runsElsewhere' | 'unreadModules'>): readonly AppError[] {
  const elsewhere = runsElsewhere === null ? [] : [appError('guard-runs-elsewhere', { by: runsElsewhere.by, ...lineOf(runsElsewhere.place) })];
  const reasons = Object.entries(moduleErrors) as [UnreadModule['reason'], (typeof moduleErrors)[UnreadModule['reason']]][];
  const unread = reasons.flatMap(([reason, code]) => {
    const paths = unreadModules.flatMap((one) => (one.reason === reason ? [one.path] : []));
    if (paths.length === 0) return [];
    return [appError(code, { modules: [...paths.slice(0, namedMax), ...(paths.length > namedMax ? ['…'] : [])].join(', ') })];
  });
  return [...elsewhere, ...unread];
}

/** The profiles of states that a run with others beside its own would not find, so that Terraform would stop. */
export function unfoundStates(
  { backend, stateProfiles = [] }: Pick<ProjectReading, 'backend' | 'stateProfiles'>,
  { profiles, others }: StateMeant,
): readonly AppError[] {
  const named = backend?.profile?.kind === 'known' ? [backend.profile.value, ...stateProfiles] : stateProfiles;
  const unfound = others === undefined ? [] : named.filter((name) => !profiles.includes(name) && others.get(name) !== 'served');
  return [...new Set(unfound)].map((profile) => appError('guard-state-profile-unfound', { profile }));
}

type StateMeant = { readonly profiles: readonly string[]; readonly others?: ReadonlyMap<string, 'served' | 'unserved'> };

/** What an obstacle makes of a project. */
export function verdictOf({ code }: AppError, { relayed }: { readonly relayed: boolean }): Verdict {
  if (code === 'guard-state-profile-unfound') return 'mismatch';
  return relayed && harmless.has(code) ? 'at-run-time' : 'unknown';
}

/** Where it is not known on which line something stands, it is looked for from the first. */
export function lineOf({ file, line }: { readonly file: string; readonly line: number | null }): { readonly file: string; readonly line: number } {
  return { file, line: line ?? 1 };
}
