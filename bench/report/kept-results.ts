import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { curvePicture, type Curve } from './curve.ts';
import { renewed } from './comparison.ts';
import type { Row } from './row.ts';

/** What a machine measured, as it is kept beside the code. */
export type KeptResults = { readonly machine: string; readonly rows: readonly (Row & { readonly measuredAt: string })[] };

/** Null where no machine of this kind has kept any. Throws where the file is no result. */
export async function readResults(file: string): Promise<KeptResults | null> {
  return existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as KeptResults) : null;
}

/** Takes the rows over into what was kept before. `now` is epoch milliseconds. */
export async function keepResults(file: string, { machine, rows, now }: { readonly machine: string; readonly rows: readonly Row[]; readonly now: number }) {
  const before = (await readResults(file))?.rows ?? [];
  const measuredAt = new Date(now).toISOString().slice(0, 10);
  const kept: KeptResults = {
    machine,
    rows: renewed(
      before,
      rows.map((row) => ({ ...row, measuredAt })),
    ) as KeptResults['rows'],
  };
  await write(file, `${JSON.stringify(kept, null, 2)}\n`);
}

/** One file for each curve, in this folder. */
export async function writePictures(folder: string, curves: readonly Curve[]): Promise<void> {
  for (const curve of curves) await write(`${folder}/${curve.name}.svg`, curvePicture(curve));
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
