import { exitCodes } from '../process/cli-world.ts';
import type { Call } from './support/call.ts';

export async function install({ invocation, world, texts, ask, fail }: Call): Promise<number> {
  const answer = await ask('install', () => ({ profile: invocation.word }));
  if (!answer.ok) return fail(answer);
  const { name, file, backup } = answer.value;
  world.print(`${backup === null ? texts.t('installed-new', { name, file }) : texts.t('installed', { name, file, backup })}\n`);
  return exitCodes.done;
}

export async function uninstall({ invocation, world, texts, ask, fail }: Call): Promise<number> {
  const answer = await ask('uninstall', () => ({ profile: invocation.word }));
  if (!answer.ok) return fail(answer);
  const { name, file, backup } = answer.value;
  world.print(`${backup === null ? texts.t('uninstalled-none', { name, file }) : texts.t('uninstalled', { name, file, backup })}\n`);
  return exitCodes.done;
}
