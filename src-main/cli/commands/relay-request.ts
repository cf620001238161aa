import type { ApiRequest } from '../../contract/local-api.ts';
import type { RelayRequest } from '../../contract/relay.ts';
import type { ProjectReading } from '../../contract/terraform-project.ts';
import { projectMeaning } from '../../core/relay/project-meaning.ts';
import { wayOf } from '../../core/relay/run-environment.ts';
import { planRun } from '../../core/terraform/runs/run.ts';
import { readProject } from '../../terraform/read-project.ts';
import type { Call } from './support/call.ts';

/** The variable that turns the relay off for one command (`off`), or lets it make every call (`every-call`). */
const relayVariable = 'STS_TRAY_RELAY';

type Known = {
  /** Of `--account`. */
  readonly accounts: readonly string[];
  /** What the guard has read; null where it had nothing to read. */
  readonly reading: ProjectReading | null;
};

/** What `exec` asks of the relay; nothing where the user wants none. */
export async function relayRequest({ world, invocation, forLauncher }: Call, { accounts, reading }: Known): Promise<Pick<ApiRequest<'hand-off'>, 'relay'>> {
  const wish = world.env[relayVariable];
  if (invocation.options['no-guard'] !== undefined || wish === 'off') return {};
  const project = reading ?? (accounts.length > 0 ? null : await projectAround(world));
  return {
    relay: {
      accounts: [...accounts],
      project: project === null ? unread(world) : { folder: project.folder, workspace: project.workspace, ...projectMeaning(project) },
      way: wayOf(world.env),
      repeats: wish !== 'every-call',
      until: forLauncher ? 'fifo' : 'connection',
    },
  };
}

/** A program such as `make` deploys from the folder that it is started in; what cannot be read says nothing. */
async function projectAround({ cwd, env }: Call['world']): Promise<ProjectReading | null> {
  const reading = await readProject({ run: planRun({ args: [], env, cwd }), env });
  return reading.ok ? reading.value : null;
}

function unread({ cwd, env }: Call['world']): RelayRequest['project'] {
  return { folder: cwd, workspace: env['TF_WORKSPACE'] || 'default', accountIds: [], onTheWay: [] };
}
