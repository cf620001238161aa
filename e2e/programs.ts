import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { findProgram } from './local-aws/find-program.ts';

export { findProgram };

export type Run = { readonly exitCode: number; readonly output: string };

/** Runs a program to its end; `output` is what it wrote to either stream. */
export async function run(file: string, args: readonly string[], options: { readonly env: Record<string, string>; readonly cwd?: string; readonly input?: string }): Promise<Run> {
  const child = spawn(file, args, { env: options.env, cwd: options.cwd, stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.end(options.input ?? '');
  const [stdout, stderr, [exitCode]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close') as Promise<[number | null]>]);
  return { exitCode: exitCode ?? -1, output: stdout + stderr };
}
