import type { GuardReport, ReachedAccount } from '../../../contract/guard.ts';

/** What a run does, as far as the guard cares. */
export type GuardedRun = {
  /** Whether it can change or delete what is in the account. */
  readonly changes: boolean;
  /** `--account`, which counts like typing the account ID. */
  readonly account: string | null;
  /** Whether somebody can be asked. */
  readonly interactive: boolean;
};

/** What has to happen before a run may start. */
export type Clearance =
  | { readonly kind: 'go' }
  /** Nothing says which account is meant: the run goes on, with a warning. */
  | { readonly kind: 'warn' }
  /** The user has to type this account's ID. `learn`: then the folder is bound to the accounts. */
  | { readonly kind: 'type-account'; readonly account: ReachedAccount; readonly learn: boolean }
  /** The user has to say yes. */
  | { readonly kind: 'confirm'; readonly why: 'unknown' | 'unstated'; readonly learn: boolean }
  | { readonly kind: 'refuse'; readonly why: 'mismatch' | 'unknown' | 'production' };

/** Decides by the report and the run alone; the caller decides who is asked, and how. */
export function clearance(report: GuardReport, run: GuardedRun): Clearance {
  const { production } = report;
  switch (report.verdict) {
    case 'mismatch':
      return { kind: 'refuse', why: 'mismatch' };
    case 'unknown':
      if (production !== null || !run.interactive) return { kind: 'refuse', why: 'unknown' };
      return { kind: 'confirm', why: 'unknown', learn: false };
    case 'unstated':
      if (production !== null && run.changes) return typed(production, run, true);
      return run.interactive && run.changes ? { kind: 'confirm', why: 'unstated', learn: true } : { kind: 'warn' };
    case 'match':
      return production !== null && run.changes ? typed(production, run, false) : { kind: 'go' };
  }
}

function typed(account: ReachedAccount, { account: given, interactive }: GuardedRun, learn: boolean): Clearance {
  if (given === account.accountId) return { kind: 'go' };
  return interactive ? { kind: 'type-account', account, learn } : { kind: 'refuse', why: 'production' };
}
