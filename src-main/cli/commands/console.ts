import { consoleServicePattern } from '../../contract/limits.ts';
import { oneLine } from '../../core/printable.ts';
import { callerPid } from '../process/caller.ts';
import { exitCodes } from '../process/cli-world.ts';
import { askInWindow } from './support/in-window.ts';
import { callerLimit } from './support/policy-option.ts';
import type { Call } from './support/call.ts';

/** Opens the AWS console as a role session, or prints the address that does. */
export async function consoleCommand(call: Call): Promise<number> {
  const { invocation, world, texts, fail, failUsage } = call;
  const { word: profile, options, command } = invocation;
  const { service } = options;
  if (service !== undefined && !consoleServicePattern.test(service)) return failUsage({ key: 'usage-service', params: { value: service }, command });
  const answer = await askInWindow(call, 'console', () => ({
    profile,
    ...(service === undefined ? {} : { service }),
    addressOnly: options.url !== undefined,
    ...callerLimit(world),
    ...callerPid(world),
  }));
  if (!answer.ok) return fail(answer);
  world.print(answer.value.url === null ? `${texts.t('console-opened')}\n` : `${oneLine(answer.value.url)}\n`);
  return exitCodes.done;
}
