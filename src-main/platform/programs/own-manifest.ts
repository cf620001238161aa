import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonOf } from '../../core/json.ts';

/** The package.json that the app was built with, which lies in the package beside its code; undefined where it cannot be read. */
export function ownManifest(appPath: string): unknown {
  try {
    return jsonOf(readFileSync(join(appPath, 'package.json'), 'utf8'));
  } catch {
    return undefined;
  }
}
