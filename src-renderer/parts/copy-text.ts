/**
 * Copies what an element shows, and says whether that worked. Through the selection, as this needs
 * no clipboard permission, which the windows do not have.
 */
export function copyTextOf(element: HTMLElement): boolean {
  document.getSelection()?.selectAllChildren(element);
  return document.execCommand('copy');
}

/** Copies a text that is not shown as such. */
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
