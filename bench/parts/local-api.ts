import { join } from 'node:path';
import { z } from 'zod';
import type { AppRig } from '../../testing/app/app-rig.ts';
import { Ownership } from '../../testing/processes/ownership.ts';
import { runProgram } from '../../testing/processes/run-program.ts';
import { alternate } from '../instruments/alternate.ts';
import { login, runLauncher } from '../instruments/command-line.ts';
import { constantServer } from '../instruments/constant-server.ts';
import { apiSocket } from '../instruments/local-api-client.ts';
import { rowOf, type Row } from '../report/row.ts';
import { quantileOf } from '../report/statistics.ts';
import { stsTray, type TrayStarter } from '../instruments/tray-app.ts';

/** Terraform with its default parallelism asks on ten, and hundreds of runs may be started at once. */
const connectionCounts = [1, 64, 500];
const loadMs = 3_000;

const Load = z.object({ seconds: z.number(), tookMs: z.array(z.number()), refused: z.record(z.string(), z.number()) });
type Load = z.infer<typeof Load>;

/** How many programs the local API answers in a second, and how long they wait, on so many connections at a time. */
export async function localApiRows(rig: AppRig, starter: TrayStarter, { rounds = 5 } = {}): Promise<readonly Row[]> {
  const ownership = new Ownership();
  try {
    ownership.own((await starter.start(stsTray(rig.dataFolder))).process);
    await login(rig, 'default');
    const { stdout } = await runLauncher(rig, ['credential-process', 'default']);
    const bare = await constantServer(rig, ownership, Buffer.byteLength(stdout));
    const socket = apiSocket(rig);
    const rows: Row[] = [];
    for (const connections of connectionCounts) {
      const { ours, reference } = await alternate(rounds, {
        ours: () => loadOf(rig, socket, '/v1/credential-process?profile=default&', connections),
        reference: () => loadOf(rig, bare, '/?', connections),
      });
      rows.push(...rowsOf(connections, ours, reference));
    }
    return rows;
  } finally {
    await ownership.close();
  }
}

function rowsOf(connections: number, ours: readonly Load[], reference: readonly Load[]): readonly Row[] {
  const what = `local API, ${connections} ${connections === 1 ? 'connection' : 'connections'}`;
  const against = 'a bare `node:http` server on a Unix socket';
  const row = (name: string, unit: 'ms' | '/s', of: (load: Load) => number): Row =>
    rowOf({
      what: `${what}: ${name}`,
      unit,
      better: unit === '/s' ? 'more' : 'less',
      ours: ours.map(of),
      reference: { what: against, values: reference.map(of) },
      budget: { kind: 'information' },
    });
  const within = (fraction: number) => row(`answered within, ${fraction * 100} of 100`, 'ms', ({ tookMs }) => quantileOf(tookMs, fraction));
  const refused = ours.map((load) => Object.values(load.refused).reduce((sum, times) => sum + times, 0));
  const [example = ''] = ours.flatMap((load) => Object.keys(load.refused));
  return [
    row('answers', '/s', ({ tookMs, seconds }) => tookMs.length / seconds),
    within(0.5),
    within(0.95),
    within(0.99),
    rowOf({
      what: `${what}: not answered`,
      unit: '',
      ours: [refused.reduce((sum, times) => sum + times, 0)],
      budget: { kind: 'exactly', value: 0 },
      whyMissed: `One of them got: ${example.split('\n').at(-1) ?? ''}`,
    }),
  ];
}

async function loadOf(rig: AppRig, socket: string, path: string, connections: number): Promise<Load> {
  const script = join(import.meta.dirname, '../programs/load.mjs');
  const { exitCode, stdout, stderr } = await runProgram(process.execPath, [script, socket, path, `${connections}`, `${loadMs}`], { env: rig.env });
  if (exitCode !== 0) throw new Error(`The load ended with ${exitCode}: ${stderr.trim()}`);
  return Load.parse(JSON.parse(stdout));
}
