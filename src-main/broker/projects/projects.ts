import type { Result } from '../../contract/app-error.ts';
import type { GuardReport } from '../../contract/guard.ts';
import type { CommandRequest } from '../../contract/ipc.ts';
import type { RunKind } from '../../contract/local-api.ts';
import { runsMax, type Deployed, type Project } from '../../contract/settings.ts';
import type { ProjectReading } from '../../contract/terraform-project.ts';
import type { ProjectCheck } from '../../contract/ui-state.ts';
import type { AccountGuard } from './account-guard.ts';
import type { SettingsManager } from '../state/settings-manager.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';
import { knownProject } from './known-project.ts';

type Parts = {
  readonly store: UiStateStore;
  readonly settings: Pick<SettingsManager, 'keepProjects'>;
  readonly guard: Pick<AccountGuard, 'judge'>;
  /** Reads the root module of a folder as a run without arguments would. */
  readonly read: (folder: string) => Promise<Result<ProjectReading>>;
  /** How many resources the local state of a workspace has; null where that cannot be told. */
  readonly localResources: (folder: string, workspace: string) => Promise<number | null>;
  readonly now: () => number;
};

/** A run of Terraform. */
export type ProjectRun = { readonly folder: string; readonly workspace: string; readonly kind: RunKind };

/** What was seen of a run at its end: how long it was, and which accounts it came into, where the relay saw them; else null. */
type SeenRun = { readonly seconds: number; readonly reached: readonly string[] | null };

/** What the workspaces of a project have, by their names. */
type Workspaces = NonNullable<Deployed['workspaces']>;

/** A project that was taken off the list, as it was there, and the runs that were under way then and have ended since. */
type Removed = {
  readonly folder: string;
  readonly place: number;
  readonly project: Project;
  readonly check: ProjectCheck | undefined;
  /** In epoch milliseconds. */
  readonly at: number;
  readonly ended: (readonly [ProjectRun, string, SeenRun])[];
};

/** The Terraform projects that the app knows: which accounts they are meant for, and how they were found last. */
export class Projects {
  readonly #parts: Parts;
  /** The accounts that each workspace reached when it was last checked, for projects that are not on the list yet too. */
  readonly #reached = new Map<string, readonly string[]>();

  /** The one that was taken off the list last. */
  #removed: Removed | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  add(folder: string): void {
    this.#keep(folder, {});
  }

  remove({ folder }: CommandRequest<'removeProject'>): void {
    const { store, settings, now } = this.#parts;
    const { [folder]: project, ...others } = store.content.settings.projects;
    const { [folder]: check, ...checks } = store.content.checks;
    if (project === undefined) return;
    const place = Object.keys(store.content.settings.projects).indexOf(folder);
    this.#removed = { folder, project, place, check, at: now(), ended: [] };
    settings.keepProjects(others);
    store.change({ checks });
    store.notify({ kind: 'project-removed', profile: null, folder });
  }

  restore({ folder }: CommandRequest<'restoreProject'>): void {
    const { store, settings } = this.#parts;
    const { settings: known, notice } = store.content;
    const removed = this.#removed;
    // It may have been added anew meanwhile.
    if (removed?.folder !== folder || Object.hasOwn(known.projects, folder)) return;
    this.#removed = null;
    settings.keepProjects(Object.fromEntries(Object.entries(known.projects).toSpliced(removed.place, 0, [folder, removed.project])));
    // A check that was under way has thrown its outcome away.
    if (removed.check !== undefined && removed.check.kind !== 'checking') this.#show(folder, removed.check);
    if (notice?.kind === 'project-removed') store.dismissNotice(notice.noticeId);
    for (const run of removed.ended) void this.recordRun(...run);
  }

  bind({ folder, workspace, accountIds, profile }: CommandRequest<'bindProject'> & { readonly profile?: string }): void {
    const { [workspace]: _before, ...others } = this.#project(folder).accounts;
    const accounts = accountIds.length === 0 ? others : { ...others, [workspace]: accountIds };
    this.#keep(folder, { accounts, ...(profile === undefined ? {} : { profile }) });
  }

  /** Looks at a project for the panel, where its outcome is shown. */
  async check({ folder, profile }: CommandRequest<'checkProject'>): Promise<void> {
    const { read, guard, now } = this.#parts;
    this.#keep(folder, { profile });
    this.#show(folder, { kind: 'checking' });
    const reading = await read(folder);
    const report = reading.ok ? await guard.judge(reading.value, { profile, accounts: [], relay: true, only: false, requester: { by: 'user' } }) : reading;
    // It may have been taken off the list meanwhile.
    if (!(folder in this.#parts.store.content.settings.projects)) return;
    this.#show(folder, report.ok ? { kind: 'checked', at: now(), report: report.value } : { kind: 'failed', error: report.error });
  }

  /** Takes over what a run found, for a project that is on the list. */
  recordCheck(report: GuardReport): void {
    this.#reached.set(keyOf(report), [...new Set(report.rows.flatMap(({ account }) => (account === null ? [] : [account.accountId])))]);
    if (report.folder in this.#parts.store.content.settings.projects) this.#show(report.folder, { kind: 'checked', at: this.#parts.now(), report });
  }

  /** In seconds; null before the first run. */
  longestRun(folder: string, kind: RunKind): number | null {
    const runs = this.#project(folder).runSeconds[kind];
    return runs.length === 0 ? null : Math.max(...runs);
  }

  /** Records the end of a run. Only Terraform's state shows whether it succeeded. */
  async recordRun(run: ProjectRun, profile: string, seen: SeenRun): Promise<void> {
    const { folder, workspace, kind } = run;
    const { seconds, reached } = seen;
    const removed = this.#removedDuring(folder, seconds);
    if (removed !== null) {
      removed.ended.push([run, profile, seen]);
      return;
    }
    const { runSeconds } = this.#project(folder);
    this.#keep(folder, { runSeconds: { ...runSeconds, [kind]: [Math.round(seconds), ...runSeconds[kind]].slice(0, runsMax) } });
    const resources = await this.#parts.localResources(folder, workspace);
    // It may have been taken off the list meanwhile.
    if (!Object.hasOwn(this.#parts.store.content.settings.projects, folder)) return;
    const { deployed } = this.#project(folder);
    this.#keep(folder, { deployed: resources === 0 ? without(deployed, workspace) : this.#deployedBy(run, deployed, { profile, reached }) });
  }

  remindOf({ folder, afterHours }: CommandRequest<'remindOfProject'>): void {
    this.#keep(folder, { remindAfterHours: afterHours });
  }

  forgetDeployment({ folder }: CommandRequest<'forgetDeployment'>): void {
    this.#keep(folder, { deployed: null });
  }

  recordReminder(folder: string): void {
    const { deployed } = this.#project(folder);
    if (deployed !== null) this.#keep(folder, { deployed: { ...deployed, remindedAt: this.#parts.now() } });
  }

  /** Such a run does not put the project on the list again: *Undo* would find it there, without what it is meant for. */
  #removedDuring(folder: string, seconds: number): Removed | null {
    const { store, now } = this.#parts;
    if (this.#removed?.folder !== folder || Object.hasOwn(store.content.settings.projects, folder)) return null;
    return now() - seconds * 1000 <= this.#removed.at ? this.#removed : null;
  }

  #deployedBy(run: ProjectRun, before: Deployed | null, { profile, reached }: Pick<SeenRun, 'reached'> & Pick<Deployed, 'profile'>): Deployed | null {
    const at = this.#parts.now();
    const workspaces = workspacesOf(before);
    const { [run.workspace]: _before, ...others } = workspaces;
    const applied = { at, profile, accountIds: [...(reached ?? this.#reached.get(keyOf(run)) ?? [])], destroyRanAt: null };
    if (run.kind === 'apply') return deployedIn({ ...others, [run.workspace]: applied }, null);
    const destroyed = Object.hasOwn(workspaces, run.workspace) ? workspaces[run.workspace] : undefined;
    return before === null || destroyed === undefined
      ? before
      : deployedIn({ ...workspaces, [run.workspace]: { ...destroyed, destroyRanAt: at } }, before.remindedAt);
  }

  #project(folder: string): Project {
    return knownProject(this.#parts.store.content.settings, folder);
  }

  #keep(folder: string, change: Partial<Project>): void {
    const { store, settings } = this.#parts;
    settings.keepProjects({ ...store.content.settings.projects, [folder]: { ...this.#project(folder), ...change } });
  }

  #show(folder: string, check: ProjectCheck): void {
    const { store } = this.#parts;
    store.change({ checks: { ...store.content.checks, [folder]: check } });
  }
}

function keyOf({ folder, workspace }: Pick<ProjectRun, 'folder' | 'workspace'>): string {
  return `${folder}\n${workspace}`;
}

function workspacesOf(deployed: Deployed | null): Workspaces {
  if (deployed === null) return {};
  const { at, profile, accountIds, destroyRanAt, workspaces = { default: { at, profile, accountIds, destroyRanAt } } } = deployed;
  return workspaces;
}

/** Drops one workspace, which says nothing about the others. */
function without(deployed: Deployed | null, workspace: string): Deployed | null {
  const { [workspace]: _gone, ...others } = workspacesOf(deployed);
  return deployed === null ? null : deployedIn(others, deployed.remindedAt);
}

function deployedIn(workspaces: Workspaces, remindedAt: number | null): Deployed | null {
  // Of two in one millisecond the one that was noted last comes first.
  const all = Object.values(workspaces)
    .toReversed()
    .toSorted((one, other) => other.at - one.at);
  const [latest] = all;
  if (latest === undefined) return null;
  const accountIds = [...new Set(all.flatMap((each) => each.accountIds))];
  const destroyRanAt = all.some((each) => each.destroyRanAt === null) ? null : Math.max(...all.map((each) => each.destroyRanAt ?? 0));
  return { ...latest, accountIds, destroyRanAt, remindedAt, workspaces };
}
