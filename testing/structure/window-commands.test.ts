import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { views, type View } from '../../src-main/contract/ipc.ts';
import { viewCommands } from '../../src-main/core/desktop/window-command.ts';
import { checkout } from '../app/running-app.ts';
import { loadedWith, readSourceTree, trackedFiles } from './source-tree.ts';

const pages: Readonly<Record<View, string>> = {
  panel: 'src-renderer/panel/panel-view.tsx',
  mfa: 'src-renderer/prompts/mfa-view.tsx',
  'sign-in': 'src-renderer/sign-in/sign-in-view.tsx',
  question: 'src-renderer/questions/question-view.tsx',
  settings: 'src-renderer/settings/settings-view.tsx',
};
const tree = readSourceTree(
  checkout,
  trackedFiles(checkout).filter((file) => file.startsWith('src-renderer/')),
);

/** The commands that are named in the sources of a page. */
function askedFor(page: string): readonly string[] {
  const sources = [...loadedWith(page, tree)].filter(
    (file) => (file.startsWith('src-renderer/') && file.endsWith('.tsx')) || file.startsWith('src-renderer/shortcuts/'),
  );
  const names = sources.flatMap((file) => [...readFileSync(join(checkout, file), 'utf8').matchAll(/\bapi\.(\w+)\(/g)].map(([, name]) => name ?? ''));
  return [...new Set(names)].toSorted();
}

it.each(views)('the window %s may ask for what its page has a control for, and for nothing else', (view) => {
  const asked = askedFor(pages[view]);
  expect(asked.length).toBeGreaterThan(1);
  expect([...viewCommands[view]].toSorted()).toEqual(asked);
});
