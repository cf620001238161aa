import { fromHome } from '../parts/from-home.ts';

/** In characters. */
const folderMax = 120;

/** Of a long path its end, so that the buttons keep their place; the whole is in the title. */
export function shownFolder(folder: string, home: string): string {
  const path = fromHome(folder, home);
  return path.length > folderMax ? `…${path.slice(1 - folderMax)}` : path;
}
