/**
 * The words of a value of `TF_CLI_ARGS`, as Terraform and OpenTofu split it (mattn/go-shellwords with its defaults); null
 * where they refuse it, and where versions of them differ. It looks like a shell's line and is none: nothing is expanded,
 * and nothing is read from an unquoted `;`, `&`, `|`, `<` or `>` on.
 */
export function addedArguments(text: string): readonly string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  for (let left = text; left !== '';) {
    const [found, piece] = firstPiece(left);
    if (piece === 'refused') return null;
    if (piece === 'end') {
      if (found !== '>' || word === null || !/^\d/.test(word)) break;
      // As in `2>file`: a number is the descriptor's. Terraform leaves out what only begins with one as well, OpenTofu 1.12 does not.
      return /^\d+$/.test(word) ? words : null;
    }
    if (piece !== 'gap') word = (word ?? '') + piece.text;
    else if (word !== null) {
      words.push(word);
      word = null;
    }
    left = left.slice(found.length);
  }
  return word === null ? words : [...words, word];
}

/** What a text begins with, and what that is. */
function firstPiece(text: string): readonly [found: string, piece: 'gap' | 'end' | 'refused' | { readonly text: string }] {
  const [gap] = /^[ \t\r\n]+/.exec(text) ?? [];
  if (gap !== undefined) return [gap, 'gap'];
  const [end] = /^[;&|<>]/.exec(text) ?? [];
  if (end !== undefined) return [end, 'end'];
  const [plain] = /^[^ \t\r\n;&|<>"'\\`()]+/.exec(text) ?? [];
  if (plain !== undefined) return [plain, { text: plain }];
  const [single, literal] = /^'([^']*)'/.exec(text) ?? [];
  if (single !== undefined && literal !== undefined) return [single, { text: literal }];
  const [escaping] = /^(?:"(?:[^"\\]|\\.)*"|\\.)/su.exec(text) ?? [];
  // OpenTofu 1.12 takes `\t` and `\n` for a tab and a line break, Terraform for letters.
  if (escaping === undefined || /^(?:[^\\]|\\[^tn])*\\[tn]/su.test(escaping)) return ['', 'refused'];
  return [escaping, { text: escaping.replace(/^"(.*)"$/s, '$1').replaceAll(/\\(.)/gsu, '$1') }];
}
