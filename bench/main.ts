import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { missingPrograms } from '../testing/processes/missing-programs.ts';
import { checkout } from '../testing/app/running-app.ts';
import { AppRig } from '../testing/app/app-rig.ts';
import { parts, type Part } from './parts/parts.ts';
import { comparisonWith } from './report/comparison.ts';
import type { Curve } from './report/curve.ts';
import { keepResults, readResults, writePictures } from './report/kept-results.ts';
import { machineText, resultFile, thisMachine } from './report/machine.ts';
import { notes, table } from './report/report.ts';
import { missedBy, type Row } from './report/row.ts';
import { TrayStarter } from './instruments/tray-app.ts';

// npm run bench [-- --only=start,memory] [-- --keep]: prints a table beside the kept result of this kind of machine, and leaves
// .runtime/bench.json and the curves beside it. With --keep the result takes the place of the kept one, and the curves those of the document.

type Measurements = { readonly rows: readonly Row[]; readonly curves: readonly Curve[]; readonly failures: readonly string[] };

/** Runs each part on a machine of its own, with no session, no saved file and no code used before. */
async function measure({ measured, aws }: Part) {
  const rig = await AppRig.start(aws === undefined ? {} : { aws });
  try {
    const starter = await TrayStarter.open(rig);
    try {
      return await measured(rig, starter);
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

async function measureAll(names: readonly string[]): Promise<Measurements> {
  const rows: Row[] = [];
  const curves: Curve[] = [];
  const failures: string[] = [];
  for (const name of names) {
    const part = parts[name];
    if (part === undefined) throw new Error(`There is no part ${name}: say ${Object.keys(parts).join(', ')}.`);
    console.error(`Measuring ${name} …`);
    try {
      const found = await measure(part);
      rows.push(...found.rows);
      curves.push(...found.curves);
    } catch (error) {
      failures.push(`${name} could not be measured: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { rows, curves, failures };
}

async function report({ rows, curves, failures }: Measurements, keep: boolean): Promise<void> {
  const kind = thisMachine();
  const machine = machineText(kind);
  const file = join(checkout, 'bench', 'results', resultFile(kind));
  const before = await readResults(file);
  console.log(`\nMedians, and in brackets between which values the middle half lies. ${machine}.\n`);
  if (rows.length > 0) console.log(table(rows, before === null ? null : comparisonWith(before.rows)));
  for (const line of [...notes(rows), ...failures]) console.log(`\n${line}`);
  if (before === null) console.log(`\nNo machine of this kind has kept a result yet: --keep keeps this one.`);

  const folder = join(checkout, '.runtime');
  mkdirSync(folder, { recursive: true });
  const record = { machine, measuredAt: new Date().toISOString(), rows: rows.map((row) => ({ ...row, missedBy: missedBy(row) })), failures };
  writeFileSync(join(folder, 'bench.json'), `${JSON.stringify(record, null, 2)}\n`);
  await writePictures(keep ? join(checkout, 'docs', 'bench') : join(folder, 'bench'), curves);
  if (keep) await keepResults(file, { machine, rows, now: Date.now() });
  if (failures.length > 0) process.exitCode = 1;
}

const { values } = parseArgs({ options: { only: { type: 'string' }, keep: { type: 'boolean', default: false } } });
const reason = unableReason();
if (reason === null) await report(await measureAll(values.only?.split(',') ?? Object.keys(parts)), values.keep);
else console.log(`${reason} Left out: ${Object.keys(parts).join(', ')}.`);
