import { mfaWaitSeconds } from '../../contract/local-api.ts';
import { runMarks } from '../../core/hand-offs/run-marks.ts';
import { callerPid } from '../process/caller.ts';
import { exitCodes } from '../process/cli-world.ts';
import { outputShells } from '../grammar/commands.ts';
import { askedHandOff } from './support/asked-hand-off.ts';
import { outputFor } from './support/export-output.ts';
import { onlyWanted } from './support/only-wanted.ts';
import { choiceOption, directoryOption } from './support/option-values.ts';
import { callerLimit, limitFields } from './support/policy-option.ts';
import type { Call } from './support/call.ts';

export async function exportCommand(call: Call): Promise<number> {
  const { invocation, world, printScript, fail, failUsage } = call;
  const shell = choiceOption(call, 'shell', outputShells);
  if (!shell.ok) return failUsage(shell.error);
  const limit = limitFields(call);
  if (!limit.ok) return fail(limit);
  const within = world.env[runMarks.run];
  const answer = await askedHandOff(call, () => ({
    profile: invocation.word,
    credentials: 'static' as const,
    ...(within ? { within } : {}),
    ...limit.value,
    ...callerPid(world),
  }));
  if (!answer.ok) return fail(answer);
  const { set, unset } = answer.value;
  const inTheWay = unset.filter((name) => world.env[name] !== undefined);
  const output = outputFor(shell.value ?? (world.platform === 'win32' ? 'powershell' : 'bash'), set, inTheWay);
  if (!output.ok) return fail(output);
  printScript(output.value);
  return exitCodes.done;
}

export async function credentialProcess({ invocation, world, printScript, ask, fail }: Call): Promise<number> {
  const since = performance.now();
  const run = world.env[runMarks.run];
  const answer = await ask('credential-process', () => ({
    profile: invocation.word,
    // The caller has been waiting since this process started, not since the app was there.
    waitSeconds: Math.max(0, mfaWaitSeconds - Math.ceil((performance.now() - since) / 1000)),
    ...(run ? { run } : {}),
    ...(invocation.options['limit-id'] === undefined ? {} : { limit: invocation.options['limit-id'] }),
    ...callerLimit(world),
    ...callerPid(world),
  }));
  if (!answer.ok) return fail(answer);
  printScript(`${JSON.stringify(answer.value)}\n`);
  return exitCodes.done;
}

export async function terminal(call: Call): Promise<number> {
  const { invocation, world, texts, ask, fail, failUsage } = call;
  const directory = directoryOption(call, 'dir');
  if (!directory.ok) return failUsage(directory.error);
  const limit = limitFields(call);
  if (!limit.ok) return fail(limit);
  const answer = await ask('terminal', () => ({
    profile: invocation.word,
    directory: directory.value ?? world.cwd,
    ...limit.value,
    ...onlyWanted(call),
    ...callerPid(world),
  }));
  if (!answer.ok) return fail(answer);
  world.print(`${texts.t('terminal-opened', { terminal: answer.value.terminal })}\n`);
  return exitCodes.done;
}
