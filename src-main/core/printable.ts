/** Without control and formatting characters, which could make a prompt or a terminal show something else. */
export function printable(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '');
}

/** On one line as well: where a line breaks, the text goes on after a space. */
export function oneLine(text: string): string {
  return printable(text.replaceAll(/[\t-\r\u0085\u2028\u2029]+ */g, ' '));
}
