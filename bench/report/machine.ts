import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { checkout } from '../../testing/app/running-app.ts';

const Runtime = z.object({ version: z.string() });

/** Machines of one kind can be compared: as many processors of one name, the same system and the same Electron. */
export type MachineKind = { readonly processors: string; readonly runtime: string; readonly system: string };

export function thisMachine(): MachineKind {
  const runtime = Runtime.parse(JSON.parse(readFileSync(join(checkout, '.runtime', 'electron.json'), 'utf8')));
  const all = cpus();
  return {
    processors: `${all.length} × ${all[0]?.model.trim() ?? 'an unknown processor'}`,
    runtime: `Electron ${runtime.version}`,
    system: `${process.platform} ${process.arch}`,
  };
}

/** `2 × AMD EPYC, Electron 33.2.1, linux x64` */
export function machineText({ processors, runtime, system }: MachineKind): string {
  return [processors, runtime, system].join(', ');
}

/** The name of the file that keeps the results of such machines: `2-amd-epyc-electron-33.2.1-linux-x64.json`. */
export function resultFile(kind: MachineKind): string {
  const words = machineText(kind)
    .toLowerCase()
    .replaceAll(/[^a-z0-9.]+/g, '-');
  return `${words}.json`;
}
