import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { GuardReport, GuardRow } from '../../../src-main/contract/guard.ts';
import type { Project } from '../../../src-main/contract/settings.ts';
import { withBroker, type BrokerRig } from '../broker-rig.ts';

/** What the guard found before a run, in which one provider's account stayed unknown. */
function reportOf(folder: string, workspace: string, accountIds: readonly string[]): GuardReport {
  const row = (accountId: string | null): GuardRow => ({
    address: 'aws',
    place: null,
    roles: [],
    region: null,
    account: accountId === null ? null : { accountId, name: null, alias: null, production: false },
    verdict: 'match',
    reason: null,
  });
  return {
    folder,
    workspace,
    profile: 'default',
    verdict: 'match',
    rows: [...accountIds, null].map(row),
    production: [],
    statementLines: null,
    state: { role: null, profile: null, account: null },
    boundTo: [],
    stated: [],
    obstacles: [],
  };
}

/** A folder with Terraform's files in it, and what the app knows of the project there. */
export class ProjectFolder {
  readonly folder: string;
  readonly #rig: BrokerRig;

  constructor(rig: BrokerRig, folder: string) {
    this.#rig = rig;
    this.folder = folder;
  }

  get entry(): Project | undefined {
    return this.#rig.store.state.settings.projects[this.folder];
  }

  get deployed(): Project['deployed'] {
    return this.entry?.deployed ?? null;
  }

  checked(workspace: string, ...accountIds: readonly string[]): void {
    this.#rig.broker.projects.recordCheck(reportOf(this.folder, workspace, accountIds));
  }

  async stateHas(resources: number, workspace = 'default'): Promise<void> {
    const file = join(this.folder, workspace === 'default' ? '' : `terraform.tfstate.d/${workspace}`, 'terraform.tfstate');
    const managed = {
      mode: 'managed',
      type: 'aws_s3_bucket',
      name: 'logs',
      provider: 'provider["registry.terraform.io/hashicorp/aws"]',
      instances: Array.from({ length: resources }, () => ({})),
    };
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, JSON.stringify({ version: 4, serial: 1, outputs: {}, resources: resources === 0 ? [] : [managed] }));
  }

  /** What `terraform init` leaves of a backend elsewhere, so that nobody here can tell what there is. */
  async keepStateElsewhere(): Promise<void> {
    const file = join(this.folder, '.terraform', 'terraform.tfstate');
    await writeFile(file, JSON.stringify({ version: 3, backend: { type: 's3', config: {} } }));
  }

  async ran(kind: 'apply' | 'destroy', workspace = 'default', reached: readonly string[] | null = null): Promise<void> {
    await this.#rig.broker.projects.recordRun({ folder: this.folder, workspace, kind }, 'deploy', { seconds: 20.4, reached });
  }

  async applied(workspace: string, accountId: string): Promise<void> {
    this.checked(workspace, accountId);
    await this.stateHas(1, workspace);
    await this.ran('apply', workspace);
  }
}

/** `it` with a folder of Terraform’s and the broker that knows it. */
export const withProject = () =>
  withBroker().extend('project', async ({ rig }, { onCleanup }) => {
    const folder = await mkdtemp(join(tmpdir(), 'projects-'));
    onCleanup(() => rm(folder, { recursive: true }));
    await mkdir(join(folder, '.terraform'));
    return new ProjectFolder(rig, folder);
  });
