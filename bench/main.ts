import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { missingPrograms } from '../testing/processes/missing-programs.ts';
import { checkout } from '../testing/app/running-app.ts';
import { AppRig } from '../testing/app/app-rig.ts';
import { handOffRows } from './parts/hand-off.ts';
import { missedBy, notes, table, type Row } from './report/report.ts';
import { manyProfilesRows } from './parts/many-profiles.ts';
import { idleCpuRow, memoryRow, startRows } from './parts/resident-app.ts';
import { projectRows } from './parts/projects.ts';
import { relayRows } from './parts/relay.ts';
import { singleFlightRows } from './parts/single-flight.ts';
import { TrayStarter } from './tray-app.ts';

// npm run bench [-- --only=start,memory,cpu,hand-off,single-flight,projects,relay,profiles]: prints a table and leaves .runtime/bench.json.

type Part = (rig: AppRig, starter: TrayStarter) => Promise<readonly Row[]>;

const parts: Readonly<Record<string, Part>> = {
  start: (rig, starter) => startRows(rig, starter),
  'hand-off': (rig, starter) => handOffRows(rig, starter),
  'single-flight': (rig, starter) => singleFlightRows(rig, starter),
  projects: (rig, starter) => projectRows(rig, starter),
  relay: (rig, starter) => relayRows(rig, starter),
  profiles: (rig, starter) => manyProfilesRows(rig, starter),
  memory: async (rig) => [await memoryRow(rig)],
  cpu: async (rig, starter) => [await idleCpuRow(rig, starter)],
};

/** Runs each part on a machine of its own, with no session, no saved file and no code used before. */
async function measure(part: Part): Promise<readonly Row[]> {
  const rig = await AppRig.start();
  try {
    const starter = await TrayStarter.open(rig);
    try {
      return await part(rig, starter);
    } finally {
      starter.close();
    }
  } finally {
    await rig.close();
  }
}

function unableReason(): string | null {
  if (process.platform !== 'linux')
    return 'Memory and CPU are read from /proc, and the apps run on a desktop that is made of Linux programs: the bench measures on Linux only.';
  const missing = missingPrograms();
  if (missing.length === 0) return null;
  return `The bench needs a desktop of its own: install ${missing.map(({ debianPackage }) => debianPackage).join(', ')}.`;
}

async function measureAll(names: readonly string[]): Promise<void> {
  const rows: Row[] = [];
  const failures: string[] = [];
  for (const name of names) {
    const part = parts[name];
    if (part === undefined) throw new Error(`There is no part ${name}: say ${Object.keys(parts).join(', ')}.`);
    console.error(`Measuring ${name} …`);
    try {
      rows.push(...(await measure(part)));
    } catch (error) {
      failures.push(`${name} could not be measured: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  report(rows, failures);
}

function report(rows: readonly Row[], failures: readonly string[]): void {
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'an unknown processor'}`;
  console.log(`\nMedians, and in brackets between which values the middle half lies. ${machine}.\n`);
  if (rows.length > 0) console.log(table(rows));
  for (const line of [...notes(rows), ...failures]) console.log(`\n${line}`);
  const folder = join(checkout, '.runtime');
  mkdirSync(folder, { recursive: true });
  const record = { machine, measuredAt: new Date().toISOString(), rows: rows.map((row) => ({ ...row, missedBy: missedBy(row) })), failures };
  writeFileSync(join(folder, 'bench.json'), `${JSON.stringify(record, null, 2)}\n`);
  if (failures.length > 0) process.exitCode = 1;
}

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const reason = unableReason();
if (reason === null) await measureAll(values.only?.split(',') ?? Object.keys(parts));
else console.log(`${reason} Left out: ${Object.keys(parts).join(', ')}.`);
