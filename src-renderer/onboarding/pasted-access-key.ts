export type PastedAccessKey = { readonly accessKeyId: string; readonly secretAccessKey: string };

/**
 * An access key as the IAM console's CSV file gives it: a line of titles, then `ID,secret`; or that line
 * alone, or one copied out of a table. `none` for a single value, which belongs in one field; `unreadable`
 * for several values when no line is a key.
 */
export function pastedAccessKey(text: string): PastedAccessKey | 'none' | 'unreadable' {
  const lines = text
    .replace('\uFEFF', '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length === 1 && !/[,;\t]/.test(lines[0] ?? '')) return 'none';
  for (const line of lines) {
    // A user's first file also has the user name and password before the key, and the console's address after it.
    const cells = line.split(/[,;\t]/).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
    const index = cells.findIndex((cell) => /^A[A-Z0-9]{15,127}$/.test(cell));
    const [accessKeyId, secretAccessKey] = [cells[index], cells[index + 1]];
    if (accessKeyId !== undefined && secretAccessKey !== undefined && /^\S{16,}$/.test(secretAccessKey)) return { accessKeyId, secretAccessKey };
  }
  return lines.length === 0 ? 'none' : 'unreadable';
}
