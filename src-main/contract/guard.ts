import type { AppError } from './app-error.ts';
import type { Place } from './terraform-project.ts';

// What the account guard says of a Terraform project: `sts-tray check` prints it, the panel shows it.

/**
 * `match`: the account is the one that is meant. `mismatch`: it is not, or the session would not be used
 * at all. `unknown`: it cannot be told before Terraform runs. `unstated`: nothing says what is meant.
 */
export type Verdict = 'match' | 'mismatch' | 'unknown' | 'unstated';

/** An account that a provider reaches. */
export type ReachedAccount = {
  /** Twelve digits. */
  readonly accountId: string;
  /** Null when there is none, or it may not be asked for. */
  readonly alias: string | null;
  /** Marked so by the user. */
  readonly production: boolean;
};

/** A configuration of a provider, and where it leads. */
export type GuardRow = {
  /** As resources name it: `aws`, `aws.logs`, `module.network.aws`. */
  readonly address: string;
  /** Null for the one that Terraform makes up where no block configures any. */
  readonly place: Place | null;
  /** The ARNs of its roles in the order in which they are assumed; what a file says where that cannot be told. */
  readonly roles: readonly string[];
  /** Null where it takes the region of its environment. */
  readonly region: string | null;
  /** Null when AWS did not say. */
  readonly account: ReachedAccount | null;
  readonly verdict: Verdict;
  /** Why it is not a match. */
  readonly reason: AppError | null;
};

export type GuardReport = {
  /** The project's folder, as a full path. */
  readonly folder: string;
  readonly workspace: string;
  /** Whose session the project would run with. */
  readonly profile: string;
  /** The worst of its rows; a project without an AWS provider is a `match`. */
  readonly verdict: Verdict;
  readonly rows: readonly GuardRow[];
  /** A production account that it reaches, or may reach. */
  readonly production: ReachedAccount | null;
  /** What to add to the project so that it says which accounts are meant, ready to paste; null where it does. */
  readonly statementLines: string | null;
  /** The last role, and the profile, that the `s3` backend keeps the state with; null for those of the run. */
  readonly state: { readonly role: string | null; readonly profile: string | null };
  /** The accounts that the folder is bound to. */
  readonly boundTo: readonly string[];
  /** Modules that are not installed yet, so that their providers could not be read. */
  readonly unreadModules: readonly string[];
};
