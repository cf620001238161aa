import { pathMax, shortened } from '../../src-main/core/printable.ts';
import { fromHome } from '../../src-main/core/folder-name.ts';

/** A long path without its middle, so that the buttons keep their place; the whole is in the title. */
export function shownFolder(folder: string, home: string): string {
  return shortened(fromHome(folder, home), pathMax);
}
