import type { utilityProcess, UtilityProcess } from 'electron';

/**
 * Starts a bundled script in a process of its own, whose output nobody reads. Of a fatal error in it, such as a lack of
 * memory, Electron 45 tells by an event that would stop the whole app where nobody listens; `exit` follows it, as in
 * Electron 33, which has no such event. The report that comes with it holds the environment, so nobody sees it.
 */
export function processApart(Class: Pick<typeof utilityProcess, 'fork'>, entry: string, args: string[], serviceName: string): UtilityProcess {
  const child = Class.fork(entry, args, { serviceName, stdio: 'ignore' });
  child.on('error', () => {});
  return child;
}
