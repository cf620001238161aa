import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

export type Ran = { readonly exitCode: number | null; readonly stdout: string; readonly stderr: string };

/** Runs a program to its end, without a shell; on stdin it reads `input`, by default nothing. */
export async function runProgram(
  program: string,
  args: readonly string[],
  { input = '', ...options }: { readonly env: NodeJS.ProcessEnv; readonly cwd?: string; readonly input?: string },
): Promise<Ran> {
  const child = spawn(program, args, { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
  // A program may end without reading its input.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const ended = once(child, 'close');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { exitCode: child.exitCode, stdout, stderr };
}
