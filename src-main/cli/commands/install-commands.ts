import { callerPid } from '../process/caller.ts';
import { exitCodes } from '../process/cli-world.ts';
import type { Call } from './support/call.ts';
import { askInWindow } from './support/in-window.ts';

export async function install(call: Call): Promise<number> {
  const { invocation, world, texts, ask, fail } = call;
  const { word: profile, options } = invocation;
  if (options['in-place'] !== undefined) return installInPlace(call);
  const answer = await ask('install', () => ({ profile }));
  if (!answer.ok) return fail(answer);
  const { name, file, backup } = answer.value;
  world.print(`${backup === null ? texts.t('installed-new', { name, file }) : texts.t('installed', { name, file, backup })}\n`);
  return exitCodes.done;
}

async function installInPlace(call: Call): Promise<number> {
  const { invocation, world, texts, fail } = call;
  const answer = await askInWindow(call, 'install', () => ({ profile: invocation.word, inPlace: true, ...callerPid(world) }));
  if (!answer.ok) return fail(answer);
  const { name: profile, file, backup } = answer.value;
  world.print(`${backup === null ? texts.t('in-place-new', { profile, file }) : texts.t('in-place', { profile, file, backup })}\n`);
  return exitCodes.done;
}

export async function uninstall(call: Call): Promise<number> {
  const { invocation, world, texts, ask, fail } = call;
  const request = () => ({ ...(invocation.options.all === undefined ? { profile: invocation.word } : { all: true as const }), ...callerPid(world) });
  const asked = await ask('uninstall', request);
  if (!asked.ok) return fail(asked);
  const answer = asked.value.needsPerson ? await askInWindow(call, 'uninstall', () => ({ ...request(), confirm: true })) : asked;
  if (!answer.ok) return fail(answer);
  const { entries } = answer.value;
  if (entries.length === 0) world.print(`${texts.t('uninstalled-nothing')}\n`);
  for (const { name, file, backup } of entries) {
    world.print(`${backup === null ? texts.t('uninstalled-none', { name, file }) : texts.t('uninstalled', { name, file, backup })}\n`);
  }
  return exitCodes.done;
}
