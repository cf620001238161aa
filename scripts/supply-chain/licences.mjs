import { nameOf } from './lock-file.mjs';

/** What may be bundled into the app. MPL-2.0 asks for the source of its own files alone, which nothing here changes; OFL-1.1 is for typefaces, which go along with their licence. */
const shipped = ['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'CC0-1.0', 'ISC', 'MIT', 'MPL-2.0', 'OFL-1.1'];

/** What may serve development besides. None of it is given to anybody. */
const developed = ['CC-BY-4.0', 'MIT/X11', 'Python-2.0', 'Unlicense', 'WTFPL'];

/** Packages whose manifest has no licence that npm can read; what their own files say. */
const stated = {
  'jsbi@2.0.5': 'Apache-2.0',
  'map-stream@0.1.0': 'MIT',
  'pause-stream@0.0.11': 'MIT OR Apache-2.0',
};

/**
 * The packages of package-lock.json that may not be used under the licence that they have.
 * @returns {string[]} one line for each
 */
export function licenceProblems({ packages }) {
  return Object.entries(packages).flatMap(([path, { version, license, dev, devOptional }]) => {
    if (path === '') return [];
    const name = `${nameOf(path)}@${version}`;
    const licence = typeof license === 'string' ? license : stated[name];
    if (licence === undefined) return [`${name} does not say its licence`];
    const allowed = dev || devOptional ? [...shipped, ...developed] : shipped;
    return isAllowed(licence, allowed) ? [] : [`${name} has the licence ${licence}`];
  });
}

/** SPDX expressions of licences that are joined by one kind of word. */
function isAllowed(licence, allowed) {
  const words = licence.replace(/^\((.*)\)$/, '$1');
  if (words.includes(' AND ')) return words.split(' AND ').every((each) => allowed.includes(each));
  return words.split(' OR ').some((each) => allowed.includes(each));
}
