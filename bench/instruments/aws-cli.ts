import { readFile } from 'node:fs/promises';
import { findProgram } from '../../testing/processes/find-program.ts';
import { runProgram } from '../../testing/processes/run-program.ts';

/** The AWS CLI's own way to print credentials, or the closest thing to it. */
export type AwsCliReference = {
  readonly what: string;
  readonly program: string;
  readonly args: readonly string[];
  /** How `what` differs from the reference that the budget names, or ''. */
  readonly note: string;
};

/** Null where the AWS CLI is not installed. `env` has the user's AWS files. */
export async function awsCliReference(env: Readonly<Record<string, string>>): Promise<AwsCliReference | null> {
  const program = await installedAws(env);
  if (program === null) return null;
  const exporting = ['configure', 'export-credentials'];
  if ((await runProgram(program, exporting, { env })).exitCode === 0) {
    return { what: '`aws configure export-credentials`', program, args: exporting, note: '' };
  }
  const { stdout, stderr } = await runProgram(program, ['--version'], { env });
  // Old versions print it to stderr.
  const version = /aws-cli\/(\S+)/.exec(stdout + stderr)?.[1] ?? '';
  return {
    what: '`aws configure list`',
    program,
    args: ['configure', 'list'],
    note: `The AWS CLI ${version} here has no \`export-credentials\`; \`configure list\` looks for the credentials too, and prints them masked.`,
  };
}

/** The AWS CLI itself. pyenv puts a shell script on the PATH that takes some 100 ms to find the program. */
async function installedAws(env: Readonly<Record<string, string>>): Promise<string | null> {
  const found = findProgram('aws');
  if (found === null) return null;
  const begin = (await readFile(found)).subarray(0, 500).toString('latin1');
  if (!begin.startsWith('#!') || !begin.includes('PYENV')) return found;
  const { exitCode, stdout } = await runProgram('pyenv', ['which', 'aws'], { env: { ...process.env, ...env, HOME: process.env['HOME'] } });
  return exitCode === 0 ? stdout.trim() : found;
}
