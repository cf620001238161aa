/** The words of what was typed, as they are compared. */
export function wordsOf(typed: string): readonly string[] {
  return normal(typed)
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** Full-width input matches too. */
export function normal(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
