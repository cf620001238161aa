import type { GuardReport } from '../../contract/guard.ts';
import type { ApiRequest } from '../../contract/local-api.ts';
import type { RelayRequest } from '../../contract/relay.ts';
import type { ProjectReading } from '../../contract/terraform-project.ts';
import { saysNothing } from '../../core/relay/meant.ts';
import { projectMeaning } from '../../core/relay/project-meaning.ts';
import { wayOf } from '../../core/relay/run-environment.ts';
import { isTerraformAlone, planRun, type TerraformRun } from '../../core/terraform/runs/run.ts';
import { backendSubcommands } from '../../core/terraform/runs/subcommands.ts';
import { lineOf } from '../../core/terraform/verdict/obstacles.ts';
import { readProjectOfEither } from '../../terraform/read-project.ts';
import type { Call } from './support/call.ts';

/** The variable that turns the relay off for one command (`off`), or lets it make every call (`every-call`). */
const relayVariable = 'STS_TRAY_RELAY';

/** What is said where a project has something that cannot go through the relay. */
const offFor = { 'eks-token': 'relay-off-for-eks-token', 'dual-stack': 'relay-off-for-dual-stack' } as const;

/** What the guard found out about a project before its run. */
export type JudgedProject = {
  readonly reading: ProjectReading;
  readonly report: Pick<GuardReport, 'stated' | 'rows'>;
};

type Known = {
  /** Of `--account`. */
  readonly accounts: readonly string[];
  /** Production accounts whose IDs were typed. */
  readonly typed: readonly string[];
  /** Null where the guard had nothing to judge. */
  readonly judged: JudgedProject | null;
  /** The project of the folder that the command starts in, where it was not judged. */
  readonly around: ProjectReading | null;
  /** Null for a program that is not Terraform. */
  readonly run: TerraformRun | null;
};

/** Whether the user wants the relay for this command. */
export function isRelayWanted({ world, invocation }: Pick<Call, 'world' | 'invocation'>): boolean {
  return invocation.options['no-guard'] === undefined && world.env[relayVariable] !== 'off';
}

/** What `exec` asks of the relay; nothing where the user wants none, or the run cannot have it. */
export function relayRequest(call: Call, { accounts, typed, judged, around, run }: Known): Pick<ApiRequest<'hand-off'>, 'relay' | 'guards'> {
  const { world, texts, forLauncher } = call;
  if (!isRelayWanted(call) || isForBackend(run)) return {};
  const reading = judged?.reading ?? around;
  if (reading !== null && reading.pastRelay !== null) {
    const { what, place } = reading.pastRelay;
    world.printError(`sts-tray: ${texts.t(offFor[what], { folder: reading.folder, ...lineOf(place) })}\n`);
    // What it starts of Terraform is judged by reading.
    return judged === null ? { guards: true } : {};
  }
  return {
    relay: {
      accounts: [...accounts],
      typed: [...typed],
      changes: !isTerraformAlone(run) || !run.guarded || run.changes,
      project: reading === null ? unread(world) : { folder: reading.folder, workspace: reading.workspace, ...projectMeaning(reading, judged?.report) },
      way: wayOf(world.env),
      rolesOnly: !isTerraformAlone(run),
      repeats: world.env[relayVariable] !== 'every-call',
      typedAs: call.invocation.options['from-terminal'] === undefined ? 'command-line' : 'guarded-program',
      until: forLauncher ? 'fifo' : 'connection',
    },
  };
}

/** The state often has an account of its own, which is meant for no provider. Terragrunt runs more than its subcommand. */
export function isForBackend(run: TerraformRun | null): boolean {
  return isTerraformAlone(run) && run.subcommand !== null && backendSubcommands.includes(run.subcommand);
}

/** A program such as `make` deploys from the folder that it is started in; what cannot be read says nothing. */
export async function projectAround({ cwd, env }: Call['world'], run: TerraformRun | null): Promise<ProjectReading | null> {
  const { folder, startedIn } = run ?? { folder: cwd, startedIn: cwd };
  const reading = await readProjectOfEither({ run: { ...planRun({ args: [], env, cwd: folder }), startedIn }, env });
  return reading.ok ? reading.value : null;
}

function unread({ cwd, env }: Call['world']): RelayRequest['project'] {
  return { folder: cwd, workspace: env['TF_WORKSPACE'] || 'default', ...saysNothing };
}
