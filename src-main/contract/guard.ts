import type { AppError } from './app-error.ts';
import type { Place } from './terraform-project.ts';

// What the account guard says about a Terraform project: `sts-tray check` prints it, the panel shows it.

/**
 * `match`: the account is the one that is meant. `mismatch`: it is another one, or the provider would not
 * use the session at all. `at-run-time`: only the run will show it, and the account relay, which sees the
 * run, decides then. `unknown`: it is not known before Terraform runs, and the relay will not see it.
 * `unstated`: nothing says which account is meant.
 */
export type Verdict = 'match' | 'mismatch' | 'at-run-time' | 'unknown' | 'unstated';

/** An account that a provider reaches. */
export type ReachedAccount = {
  /** Twelve digits. */
  readonly accountId: string;
  /** As the user named it, else its alias, else the one profile that leads there; null for none of them. */
  readonly name: string | null;
  /** Null when the account has none, or the session may not ask for it. */
  readonly alias: string | null;
  /** Whether the user marked it as production. */
  readonly production: boolean;
};

/** A configuration of a provider, and the account that it reaches. */
export type GuardRow = {
  /** As resources name it: `aws`, `aws.logs`, `module.network.aws`. */
  readonly address: string;
  /** Null for the configuration that Terraform makes up when no block configures the provider. */
  readonly place: Place | null;
  /** The profile that it asks for; left out where that is the session's own, or none. */
  readonly profile?: string;
  /** The ARNs of its roles, in the order in which they are assumed. Where an ARN is not known, the file's expression. */
  readonly roles: readonly string[];
  /** Null when it takes the region from its environment. */
  readonly region: string | null;
  /** As AWS said it; for what is decided at run time, the one that the ARN of the last role names. Null when neither is known. */
  readonly account: ReachedAccount | null;
  readonly verdict: Verdict;
  /** Why it is not a match. */
  readonly reason: AppError | null;
};

export type GuardReport = {
  /** The project's folder, as a full path. */
  readonly folder: string;
  readonly workspace: string;
  /** The profile whose session the project would run with. */
  readonly profile: string;
  /** The worst of its rows, and of its obstacles; a project without an AWS provider is a `match`. */
  readonly verdict: Verdict;
  readonly rows: readonly GuardRow[];
  /** The production accounts that it reaches, or may reach, and the one that keeps its state. */
  readonly production: readonly ReachedAccount[];
  /** What to add to the project so that it says which accounts are meant, ready to paste; null when it already does. */
  readonly statementLines: string | null;
  /** The last role, and the profile, with which the `s3` backend reaches the state, null where it uses those of the run; and the account where that is, as far as it is known. */
  readonly state: { readonly role: string | null; readonly profile: string | null; readonly account: ReachedAccount | null };
  /** The accounts that the folder is bound to. */
  readonly boundTo: readonly string[];
  /** The accounts that the project's files say are meant for a run of it, whichever of its providers asks for one; none where they do not say. */
  readonly stated: readonly string[];
  /** Why it is not known where all of the project leads, such as modules that are not installed yet. */
  readonly obstacles: readonly AppError[];
};
