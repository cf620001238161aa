import axe from 'axe-core';
import type { Page } from 'playwright';

/** What axe finds against WCAG 2.2 AA and its own best practices: none, when everybody can use the page. */
export async function accessibilityFlaws(page: Page): Promise<readonly string[]> {
  // Evaluated by the debugger, which the page's content security policy does not concern.
  await page.evaluate(axe.source);
  const found = await page.evaluate(run);
  return found.map(({ id, target, summary }) => `axe ${id}: ${target} ${summary}`);
}

/** Runs in the page. */
async function run() {
  const { axe: inPage } = globalThis as unknown as { readonly axe: typeof axe };
  const { violations } = await inPage.run(document, { resultTypes: ['violations'] });
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => ({ id, target: target.join(' '), summary: help })));
}
