import { z } from 'zod';
import { Ownership } from '../../testing/processes/ownership.ts';
import type { AppRig } from '../../testing/app/app-rig.ts';
import { alternate } from '../instruments/alternate.ts';
import { awsCliReference } from '../instruments/aws-cli.ts';
import { launcher, launcherArgs, login, runLauncher, runOnce } from '../instruments/command-line.ts';
import { constantServer } from '../instruments/constant-server.ts';
import { rowOf, type Row } from '../report/row.ts';
import { stsTray, type TrayStarter } from '../instruments/tray-app.ts';

const Answer = z.object({ Version: z.literal(1), AccessKeyId: z.string(), Expiration: z.string() });

/** How long programs wait for the credentials of a session that the app holds. */
export async function handOffRows(rig: AppRig, starter: TrayStarter, { count = 60, awsCount = 15, execCount = 15 } = {}): Promise<readonly Row[]> {
  const ownership = new Ownership();
  try {
    ownership.own((await starter.start(stsTray(rig.dataFolder))).process);
    await login(rig, 'default');
    const { stdout } = await runLauncher(rig, ['credential-process', 'default']);
    Answer.parse(JSON.parse(stdout));

    const socket = await constantServer(rig, ownership, Buffer.byteLength(stdout));
    const ours = () => timed(rig, launcher, launcherArgs(rig, 'credential-process', 'default'));
    const curl = () => timed(rig, 'curl', ['--silent', '--unix-socket', socket, 'http://localhost/']);
    const what = '`credential-process`, session held';
    const besideCurl = await alternate(count, { ours, reference: curl });
    const exec = (...options: readonly string[]) => timed(rig, launcher, launcherArgs(rig, 'exec', 'default', ...options, '--', 'true'));
    // Keys themselves are asked for by a process of the command's own.
    const besideOwn = await alternate(execCount, { ours: () => exec(), reference: () => exec('--static') });
    const rows = [
      rowOf({
        what: '`exec` of `true`, session held',
        unit: 'ms',
        ours: besideOwn.ours,
        reference: { what: 'the same with `--static`, in a process of its own', values: besideOwn.reference },
        budget: { kind: 'information' },
      }),
      rowOf({
        what,
        unit: 'ms',
        ours: besideCurl.ours,
        reference: { what: '`curl` to a Unix socket that answers as much', values: besideCurl.reference },
        budget: { kind: 'ratio', max: 1.5 },
      }),
    ];

    const aws = await awsCliReference(rig.env);
    if (aws === null) return rows;
    const besideAws = await alternate(awsCount, { ours, reference: () => timed(rig, aws.program, aws.args) });
    const reference = { what: aws.what, values: besideAws.reference };
    return [...rows, rowOf({ what, unit: 'ms', ours: besideAws.ours, reference, budget: { kind: 'ratio', max: 1 / 20 }, note: aws.note })];
  } finally {
    await ownership.close();
  }
}

/** From spawn to the end of the program's output, in milliseconds. */
async function timed(rig: AppRig, program: string, args: readonly string[]): Promise<number> {
  const begin = performance.now();
  const { exitCode, stderr } = await runOnce(rig, program, args);
  const elapsed = performance.now() - begin;
  if (exitCode !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${exitCode}: ${stderr.trim()}`);
  return elapsed;
}
