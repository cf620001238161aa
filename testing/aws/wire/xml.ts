/** What an element holds; an array becomes `<member>` elements, null leaves the element out. */
export type XmlContent = string | number | boolean | null | readonly XmlContent[] | { readonly [element: string]: XmlContent };

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Writes content as XML; see "Query protocol" in the Smithy specification for lists as members. */
export function xml(content: XmlContent): string {
  if (content === null) return '';
  if (typeof content !== 'object') return String(content).replaceAll(/[&<>"]/g, (c) => entities[c] ?? c);
  if (isList(content)) return content.map((member) => `<member>${xml(member)}</member>`).join('');
  return Object.entries(content)
    .filter(([, inner]) => inner !== null)
    .map(([element, inner]) => `<${element}>${xml(inner)}</${element}>`)
    .join('');
}

/** Writes elements of which a list repeats its own, as S3's documents do: "xmlFlattened" in the Smithy specification. */
export function flatXml(elements: XmlContent): string {
  if (elements === null || typeof elements !== 'object' || isList(elements)) return xml(elements);
  return Object.entries(elements)
    .flatMap(([element, inner]) => listOf(inner).map((each) => `<${element}>${flatXml(each)}</${element}>`))
    .join('');
}

function listOf(inner: XmlContent): readonly XmlContent[] {
  if (inner === null) return [];
  return typeof inner === 'object' && isList(inner) ? inner : [inner];
}

// Array.isArray does not narrow readonly arrays.
function isList(content: object): content is readonly XmlContent[] {
  return Array.isArray(content);
}
