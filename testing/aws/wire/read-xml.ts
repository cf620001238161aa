/** An element without its attributes and namespace; `text` is its own, without that of elements in it. */
export type XmlElement = { readonly name: string; readonly text: string; readonly children: readonly XmlElement[] };

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const token = /<\?[^>]*>|<!--[^]*?-->|<(\/?)([\w.:-]+)([^<>]*)>|([^<]+)/gy;

/** Reads a whole document; null where it is not well-formed, and for a document type, which S3 does not take either. */
export function readXml(document: string): XmlElement | null {
  const root = { name: '', text: '', children: [] as XmlElement[] };
  const open = [root];
  token.lastIndex = 0;
  while (token.lastIndex < document.length) {
    const match = token.exec(document);
    const inner = open.at(-1);
    if (match === null || inner === undefined) return null;
    const [, slash, fullName, rest = '', text] = match;
    if (text !== undefined) inner.text += unescaped(text);
    if (fullName === undefined) continue;
    const name = fullName.replace(/^.*:/, '');
    if (slash === '/') {
      if (inner.name !== name || open.length === 1) return null;
      open.pop();
    } else {
      const element = { name, text: '', children: [] as XmlElement[] };
      inner.children.push(element);
      if (!rest.trimEnd().endsWith('/')) open.push(element);
    }
  }
  return open.length === 1 && root.children.length === 1 && root.text.trim() === '' ? (root.children[0] ?? null) : null;
}

/** The elements of that name directly in an element. */
export function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

/** The text at the end of a path of elements, the first of each name; null where one is missing. */
export function textAt(element: XmlElement, ...path: readonly string[]): string | null {
  let found: XmlElement | undefined = element;
  for (const name of path) found = found && childrenOf(found, name)[0];
  return found?.text ?? null;
}

function unescaped(text: string): string {
  return text.replaceAll(/&(?:#(\d+)|#x([\da-fA-F]+)|(\w+));/g, (whole: string, decimal?: string, hexadecimal?: string, name: string = '') => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hexadecimal !== undefined) return String.fromCodePoint(Number.parseInt(hexadecimal, 16));
    return entities[name] ?? whole;
  });
}
