/**
 * Copies what an element shows, and returns whether that worked. Uses the selection, which needs no
 * clipboard permission: the windows have none.
 */
export function copyTextOf(element: HTMLElement): boolean {
  document.getSelection()?.selectAllChildren(element);
  return document.execCommand('copy');
}

/** Copies a text that is not shown as it is. */
export function copyText(text: string): boolean {
  const put = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
  };
  document.addEventListener('copy', put, { once: true });
  const done = document.execCommand('copy');
  document.removeEventListener('copy', put);
  return done;
}
