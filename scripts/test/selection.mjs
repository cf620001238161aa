/**
 * What `npm test` is to run, from the words behind it.
 * @typedef {object} Selection
 * @property {'all' | 'unit' | 'e2e' | 'changed'} kind
 * @property {readonly string[]} paths files or folders; empty for all of the kind
 */

export const usage = 'npm test -- [unit [PATH …] | e2e/PATH … | changed] [--with-package [--trust]] [--with-desktop]';

/**
 * @param {readonly string[]} words
 * @returns {Selection | null} null for words that say nothing
 */
export function selectionOf(words) {
  const [first, ...rest] = words;
  if (first === undefined) return { kind: 'all', paths: [] };
  if (first === 'unit') return { kind: 'unit', paths: rest };
  if (first === 'changed') return rest.length === 0 ? { kind: 'changed', paths: [] } : null;
  return words.every((word) => /^e2e(\/|$)/.test(word)) ? { kind: 'e2e', paths: words.map((word) => word.replace(/\/$/, '')) } : null;
}

/** Which specs a feature has, by the words that stand for it in a path. What a word is missing for has no spec of its own. */
const specsOf = {
  'e2e/sessions': ['sessions', 'prompts', 'issuing', 'vault'],
  'e2e/hand-offs': ['hand-offs', 'local-api', 'terminals', 'cli', 'bin'],
  'e2e/projects': ['projects', 'terraform'],
  'e2e/ending': ['ledger', 'history', 'activity', 'revocation', 'access-keys'],
  'e2e/profiles': ['profiles', 'onboarding'],
  'e2e/windows': ['panel', 'settings', 'sheets', 'controls', 'parts', 'look', 'shortcuts', 'gallery', 'texts', 'locales', 'windows', 'desktop', 'assets'],
};

/**
 * The specs that changed files can have broken: those of their features, and every spec that changed itself.
 * @param {readonly string[]} files from the top of the checkout
 * @returns {readonly string[]} folders and files below e2e/
 */
export function specsFor(files) {
  const ofFeatures = Object.entries(specsOf)
    .filter(([, words]) => files.some((file) => /^(src-main|src-renderer|assets|bin)\//.test(file) && file.split('/').some((part) => words.includes(part))))
    .map(([folder]) => folder);
  const themselves = files.filter((file) => file.endsWith('.spec.ts') && !ofFeatures.some((folder) => file.startsWith(`${folder}/`)));
  return [...ofFeatures, ...themselves];
}
