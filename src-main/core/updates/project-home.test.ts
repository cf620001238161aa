import { expect, it } from 'vitest';
import { feedAddress, isOfProject, projectHome } from './project-home.ts';

const page = 'https://example.com/owner/sts-tray';
const key = `${'A'.repeat(43)}=`;

it.each([page, `${page}/`, `${page}.git`])('the project is where package.json says: %s', (repository) => {
  expect(projectHome({ repository, updateKeys: [key] })).toEqual({ page, keys: [key] });
  expect(feedAddress(page)).toBe(`${page}/releases/download/update-feed/update-feed.json`);
});

it.each([
  undefined,
  '',
  'owner/name',
  'http://example.com/owner/name',
  'https://example.com',
  'https://a:b@example.com/o/n',
  'https://example.com/o/n?x',
  7,
  { url: page },
])('%j names no project', (repository) => {
  expect(projectHome({ repository }).page).toBeNull();
});

it.each([null, undefined, 'text', [], { updateKeys: key }, { updateKeys: ['', 7, null, `${key}A`, 'A'.repeat(44), `${'_'.repeat(43)}=`] }])(
  '%j has no key',
  (manifest) => {
    expect(projectHome(manifest).keys).toEqual([]);
  },
);

it.each([page, `${page}/releases/tag/v1.0.0`, `${page}/issues?q=is:open#top`])('%s is of the project', (url) => {
  expect(isOfProject(url, page)).toBe(true);
});

it.each([
  ...['', 'not an address', 'https://example.com/owner', `${page}-other`, `${page}.evil.example/`, 'https://example.com.evil.example/owner/sts-tray/x'],
  ...[`${page}/../other`, `${page}/%2e%2e/other`, 'http://example.com/owner/sts-tray/x', 'https://example.com@evil.example/owner/sts-tray/x'],
  ...['https://example.com:444/owner/sts-tray/x', 'https://me@example.com/owner/sts-tray/x', 'file:///owner/sts-tray/x'],
])('%j is not of the project', (url) => {
  expect(isOfProject(url, page)).toBe(false);
});

it('nothing is of a project that the build does not name', () => {
  expect(isOfProject(page, null)).toBe(false);
});
