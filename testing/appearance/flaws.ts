import type { Page } from 'playwright';

/** The lowest contrast that WCAG allows for text that is not large. */
const leastContrast = 4.5;

/**
 * What a person would object to at first sight, one sentence for each flaw; nothing when the page looks
 * right. `scrolls` is for a magnified page, which may be longer than its window and may break the words of
 * a button.
 */
export async function flawsOf(page: Page, { scrolls = false } = {}): Promise<readonly string[]> {
  return [...(await misplacedParts(page, { scrolls })), ...(await faintTexts(page))];
}

/** Of `flawsOf` what does not depend on colours. */
export async function misplacedParts(page: Page, { scrolls = false } = {}): Promise<readonly string[]> {
  const complaints = (await page.consoleMessages()).filter((message) => ['error', 'warning'].includes(message.type()));
  const errors = await page.pageErrors();
  return [
    ...(await page.evaluate(layoutFlaws, scrolls)),
    ...complaints.map((message) => `console: ${message.text()}`),
    ...errors.map((error) => `uncaught: ${error.message}`),
  ];
}

/** Of `flawsOf` what depends on colours. */
export function faintTexts(page: Page): Promise<readonly string[]> {
  return page.evaluate(contrastFlaws, leastContrast);
}

// The functions below run in the page, each on its own.

function layoutFlaws(scrolls: boolean): string[] {
  const quoted = (element: Element) => `“${(element.textContent || element.tagName).trim().slice(0, 60)}”`;
  const visible = [...document.body.querySelectorAll('*')].filter((element) => element.checkVisibility());
  const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;

  return [
    ...(scrollWidth > clientWidth ? [`the page is ${scrollWidth - clientWidth} px wider than its window`] : []),
    // Long content scrolls inside the page, so that the rest keeps its place.
    ...(!scrolls && scrollHeight > clientHeight ? [`the page is ${scrollHeight - clientHeight} px higher than its window`] : []),
    ...visible.filter(isWiderThanItsBox).map((element) => `${quoted(element)} is wider than its box`),
    ...visible.filter(isCutOffBelow).map((element) => `${quoted(element)} is cut off below`),
    ...visible.filter((element) => !scrolls && element.matches('button') && linesOf(element) > 1).map((element) => `the button ${quoted(element)} wraps`),
    ...visible.filter(showsDotsAtItsStart).map((element) => `${quoted(element)} shows the dots before its lines`),
  ];

  // Dots between facts are cut off where a line begins, at the edge of the row's padding: so it may have none there.
  function showsDotsAtItsStart(element: Element): boolean {
    const hasDots = [...element.children].some((child) => getComputedStyle(child, '::before').content.includes('·'));
    return hasDots && Number.parseFloat(getComputedStyle(element).paddingInlineStart) > 0;
  }

  function isWiderThanItsBox(element: Element): boolean {
    // Text in a field scrolls within it.
    if (element.matches('input')) return false;
    // Inline elements have no box of their own, and report a width of 0.
    return element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1;
  }

  function isCutOffBelow(element: Element): boolean {
    // The inner height of an input is the height of its font, whatever its text.
    if (element.matches('input')) return false;
    return ['hidden', 'clip'].includes(getComputedStyle(element).overflowY) && element.scrollHeight > element.clientHeight + 1;
  }

  function linesOf(element: Element): number {
    const range = document.createRange();
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const tops = new Set<number>();
    for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
      range.selectNodeContents(text);
      for (const { top } of range.getClientRects()) tops.add(Math.round(top));
    }
    return tops.size;
  }
}

function contrastFlaws(least: number): string[] {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const flaws: string[] = [];
  for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
    const { parentElement } = text;
    const words = text.textContent?.trim() ?? '';
    // Disabled controls are meant to be faint, and a select paints its options itself.
    if (parentElement === null || words === '' || parentElement.closest(':disabled, option') !== null) continue;
    if (!parentElement.checkVisibility()) continue;
    const [front, ground] = [luminance(rgba(getComputedStyle(parentElement).color)), luminance(groundOf(parentElement))];
    const contrast = (Math.max(front, ground) + 0.05) / (Math.min(front, ground) + 0.05);
    if (contrast < least) flaws.push(`“${words.slice(0, 60)}” has a contrast of ${contrast.toFixed(2)}`);
  }
  return flaws;

  function groundOf(element: Element): readonly number[] {
    for (let ancestor: Element | null = element; ancestor !== null; ancestor = ancestor.parentElement) {
      const ground = rgba(getComputedStyle(ancestor).backgroundColor);
      if (ground[3] !== 0) return ground;
    }
    return [255, 255, 255, 1];
  }

  function rgba(color: string): readonly number[] {
    const [red = 0, green = 0, blue = 0, alpha = 1] = (color.match(/[\d.]+/g) ?? []).map(Number);
    return [red, green, blue, alpha];
  }

  function luminance([red = 0, green = 0, blue = 0]: readonly number[]): number {
    const linear = (channel: number) => (channel <= 10 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  }
}
