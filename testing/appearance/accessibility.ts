import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Page } from 'playwright';

/** The smaller of its two builds: a page is ready with it in half the time. */
const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** `colours`: only the rules that depend on them, for a page that was checked in another theme before. */
export type AccessibilityRules = 'all' | 'colours';

/** What axe finds against WCAG 2.2 AA and its own best practices; nothing when everybody can use the page. */
export async function accessibilityFlaws(page: Page, rules: AccessibilityRules = 'all'): Promise<readonly string[]> {
  // Loading it into a page takes half a second, and it stays there.
  if (!(await page.evaluate(() => 'axe' in globalThis))) {
    // Evaluated through the debugger, which the page's content security policy does not restrict.
    await page.evaluate(`${source}; null`);
  }
  const found = await page.evaluate(run, rules);
  return found.map(({ id, target, summary }) => `axe ${id}: ${target} ${summary}`);
}

/** Runs in the page. */
async function run(rules: AccessibilityRules) {
  const { axe: inPage } = globalThis as unknown as { readonly axe: typeof axe };
  const { violations } = await inPage.run(document, {
    resultTypes: ['violations'],
    ...(rules === 'colours' && { runOnly: ['color-contrast', 'link-in-text-block'] }),
  });
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => ({ id, target: target.join(' '), summary: help })));
}
