import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonOf } from '../../core/json.ts';

/**
 * The version of the Electron that runs the app, where it is not from Electron's makers; else null. Set-up notes
 * in a checkout what it chose (scripts/setup/electron-runtime.mjs), and a trial package has a note in its manifest
 * (scripts/package.mjs).
 */
export function unofficialRuntime({ appPath, isPackaged, version }: { appPath: string; isPackaged: boolean; version: string }): string | null {
  const [file, field] = isPackaged ? ['package.json', 'runtime'] : [join('.runtime', 'electron.json'), 'kind'];
  const record = jsonOf(read(join(appPath, file))) as Readonly<Record<string, unknown>> | null | undefined;
  return record?.[field] === 'fallback' ? version : null;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
