import type { GuardReport, GuardRow, ReachedAccount } from '../../../contract/guard.ts';

/** What a run does, as far as the guard cares. */
export type GuardedRun = {
  /** Whether it can change or delete what is in the account. */
  readonly changes: boolean;
  /** `--account`, which counts like typing these account IDs. */
  readonly accounts: readonly string[];
  /** Whether somebody can be asked. */
  readonly interactive: boolean;
};

/** What has to happen before a run may start. */
export type Clearance =
  | { readonly kind: 'go' }
  /** Nothing says which account is meant: the run goes on, with a warning. */
  | { readonly kind: 'warn' }
  /** The user has to type the ID of each of these accounts. `learn`: then the folder is bound to what it reaches. */
  | { readonly kind: 'type-accounts'; readonly accounts: readonly ReachedAccount[]; readonly learn: boolean }
  /** The user has to say yes. */
  | { readonly kind: 'confirm'; readonly why: 'unknown' | 'unstated'; readonly learn: boolean }
  /** The relay decides while it runs. */
  | { readonly kind: 'at-run-time' }
  /** `nothing-meant`: only the run will show where it leads, nothing says which account is meant, and nobody can be asked. */
  | { readonly kind: 'refuse'; readonly why: 'mismatch' | 'unknown' | 'nothing-meant' }
  /** Nobody is there to type the IDs of these accounts. */
  | { readonly kind: 'refuse'; readonly why: 'production'; readonly accounts: readonly ReachedAccount[] };

/** Decides by the report and the run alone; the caller decides who is asked, and how. */
export function clearance(report: GuardReport, run: GuardedRun): Clearance {
  const { production } = report;
  const isProduction = production.length > 0;
  switch (report.verdict) {
    case 'mismatch':
      return { kind: 'refuse', why: 'mismatch' };
    case 'at-run-time': {
      if (!run.interactive && !isMeant(report, run.accounts)) return { kind: 'refuse', why: 'nothing-meant' };
      const first = isProduction && run.changes ? typed(production, run, false) : null;
      return first === null || first.kind === 'go' ? { kind: 'at-run-time' } : first;
    }
    case 'unknown':
      if (isProduction || !run.interactive) return { kind: 'refuse', why: 'unknown' };
      return { kind: 'confirm', why: 'unknown', learn: false };
    case 'unstated':
      if (isProduction && run.changes) return typed(production, run, true);
      return run.interactive && run.changes ? { kind: 'confirm', why: 'unstated', learn: true } : { kind: 'warn' };
    case 'match':
      return isProduction && run.changes ? typed(production, run, false) : { kind: 'go' };
  }
}

/** Whether anything says which accounts a run is meant for: `--account`, the binding of the folder, or the project. */
export function isMeant(report: Pick<GuardReport, 'boundTo' | 'stated' | 'rows' | 'obstacles'>, accounts: readonly string[]): boolean {
  return [accounts, report.boundTo, report.stated].some((said) => said.length > 0) || isMeantInWhatIsUsed(report);
}

/**
 * Whether all that the files use is known to reach what is meant for it, each by a role, and what only an unseen state
 * may still use has none: so it cannot go the way of another one, and the relay lets it nowhere unasked.
 */
function isMeantInWhatIsUsed({ rows, obstacles }: Pick<GuardReport, 'rows' | 'obstacles'>): boolean {
  const used = rows.filter(({ reason }) => reason?.code !== 'guard-perhaps-state');
  const isByRole = ({ roles }: GuardRow): boolean => Boolean(roles.at(-1));
  const isUsedRight = used.length > 0 && used.every((row) => row.verdict === 'match' && isByRole(row));
  return isUsedRight && rows.every((row) => used.includes(row) || row.roles.length === 0) && obstacles.length === 0;
}

function typed(production: readonly ReachedAccount[], { accounts: given, interactive }: GuardedRun, learn: boolean): Clearance {
  const accounts = production.filter(({ accountId }) => !given.includes(accountId));
  if (accounts.length === 0) return { kind: 'go' };
  return interactive ? { kind: 'type-accounts', accounts, learn } : { kind: 'refuse', why: 'production', accounts };
}
