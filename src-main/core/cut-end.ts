/**
 * The text without the characters at its end for which `isCut` holds. The pattern `/x+$/` would look at each
 * run of them again from each of its characters, which takes hours where somebody wants it to.
 */
export function cutEnd(text: string, isCut: (character: string) => boolean): string {
  let end = text.length;
  while (end > 0 && isCut(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
