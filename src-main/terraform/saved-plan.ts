import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Result } from '../contract/app-error.ts';
import { appError, failed, succeeded } from '../core/errors.ts';
import type { Assignment } from '../core/terraform/language/input-variables.ts';

/** The part of a plan's JSON that is read (Terraform internals, "JSON Output Format"). */
const Plan = z.object({ variables: z.record(z.string(), z.object({ value: z.json().optional() })).optional() });

type SavedPlan = {
  /** The program that made it, as the command line names it. */
  readonly program: string;
  readonly folder: string;
  readonly planFile: string;
  readonly env: NodeJS.ProcessEnv;
};

/** The values that a saved plan was made with, and is applied with. Fails with `project-plan-unreadable` `{file}`. */
export async function variablesOfPlan({ program, folder, planFile, env }: SavedPlan): Promise<Result<readonly Assignment[]>> {
  try {
    // These variables add arguments that the user means for other commands than this one.
    const { TF_CLI_ARGS: _all, TF_CLI_ARGS_show: _own, ...quiet } = env;
    const { stdout } = await promisify(execFile)(program, ['show', '-json', planFile], { cwd: folder, env: quiet, maxBuffer: 1 << 30 });
    const { variables = {} } = Plan.parse(JSON.parse(stdout));
    return succeeded(Object.entries(variables).map(([name, { value = null }]): Assignment => ({ name, value: { kind: 'literal', json: value } })));
  } catch {
    return failed(appError('project-plan-unreadable', { file: planFile }));
  }
}
