import { runProgram } from '../../../testing/processes/run-program.ts';

/** A character that no text file contains. */
const separator = '\u001E';

/**
 * Runs the commands in one bash, one after another, and returns what each printed: standard output and
 * standard error together, as in a terminal. `$?` is the exit status of the command before.
 */
export async function runInShell(commands: readonly string[], options: { readonly env: NodeJS.ProcessEnv; readonly cwd: string }): Promise<readonly string[]> {
  const script = [
    'exec 2>&1',
    `shown() { local status=$?; printf '${separator}'; return "$status"; }`,
    ...commands.flatMap((command) => [command, 'shown']),
  ].join('\n');
  const { stdout } = await runProgram('bash', ['--noprofile', '--norc', '-c', script], options);
  const outputs = stdout.split(separator).slice(0, -1);
  if (outputs.length !== commands.length) throw new Error(`The shell ended early: ${stdout}`);
  return outputs;
}
