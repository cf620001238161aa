import type { Result } from '../contract/app-error.ts';
import type { GuardReport } from '../contract/guard.ts';
import type { CommandRequest } from '../contract/ipc.ts';
import type { RunKind } from '../contract/local-api.ts';
import { runsMax, type Project } from '../contract/settings.ts';
import type { ProjectReading } from '../contract/terraform-project.ts';
import type { ProjectCheck } from '../contract/ui-state.ts';
import type { AccountGuard } from './account-guard.ts';
import type { SettingsManager } from './settings-manager.ts';
import type { UiStateStore } from './ui-state-store.ts';

type Parts = {
  readonly store: UiStateStore;
  readonly settings: Pick<SettingsManager, 'keepProjects'>;
  readonly guard: Pick<AccountGuard, 'look'>;
  /** Reads the root module of a folder as a run without arguments would. */
  readonly read: (folder: string) => Promise<Result<ProjectReading>>;
  readonly now: () => number;
};

const unknownProject: Project = { profile: null, accounts: {}, runSeconds: { apply: [], destroy: [] } };

/** The Terraform projects that the app knows: which accounts they are meant for, and how they were found last. */
export class Projects {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  add(folder: string): void {
    this.#keep(folder, {});
  }

  remove({ folder }: CommandRequest<'removeProject'>): void {
    const { store, settings } = this.#parts;
    const { [folder]: _removed, ...others } = store.content.settings.projects;
    const { [folder]: _check, ...checks } = store.content.checks;
    settings.keepProjects(others);
    store.change({ checks });
  }

  bind({ folder, workspace, accountIds, profile }: CommandRequest<'bindProject'> & { readonly profile?: string }): void {
    const { [workspace]: _before, ...others } = this.#project(folder).accounts;
    const accounts = accountIds.length === 0 ? others : { ...others, [workspace]: accountIds };
    this.#keep(folder, { accounts, ...(profile === undefined ? {} : { profile }) });
  }

  boundTo({ folder, workspace }: Pick<ProjectReading, 'folder' | 'workspace'>): readonly string[] {
    return this.#project(folder).accounts[workspace] ?? [];
  }

  /** Looks at a project for the panel, where its outcome is shown. */
  async check({ folder, profile }: CommandRequest<'checkProject'>): Promise<void> {
    const { read, guard, now } = this.#parts;
    this.#keep(folder, { profile });
    this.#show(folder, { kind: 'checking' });
    const reading = await read(folder);
    const report = reading.ok ? await guard.look(reading.value, { profile, account: null, asker: { by: 'user' } }) : reading;
    // It may have been taken off the list meanwhile.
    if (!(folder in this.#parts.store.content.settings.projects)) return;
    this.#show(folder, report.ok ? { kind: 'checked', at: now(), report: report.value } : { kind: 'failed', error: report.error });
  }

  /** Takes over what a run found, for a project that is on the list. */
  checked(report: GuardReport): void {
    if (report.folder in this.#parts.store.content.settings.projects) this.#show(report.folder, { kind: 'checked', at: this.#parts.now(), report });
  }

  /** In seconds; null before the first run. */
  longestRun(folder: string, kind: RunKind): number | null {
    const runs = this.#project(folder).runSeconds[kind];
    return runs.length === 0 ? null : Math.max(...runs);
  }

  ran(folder: string, kind: RunKind, seconds: number): void {
    const { runSeconds } = this.#project(folder);
    this.#keep(folder, { runSeconds: { ...runSeconds, [kind]: [Math.round(seconds), ...runSeconds[kind]].slice(0, runsMax) } });
  }

  #project(folder: string): Project {
    const { projects } = this.#parts.store.content.settings;
    return (Object.hasOwn(projects, folder) ? projects[folder] : undefined) ?? unknownProject;
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
