import { childrenOf, textAt, type XmlElement } from '../wire/read-xml.ts';
import type { XmlContent } from '../wire/xml.ts';
import type { Tag } from './bucket.ts';
import { invalidTag, malformedXml } from './s3-error.ts';

/** Reads the tags in an element. Throws MalformedXML or InvalidTag. */
export function readTags(set: XmlElement | undefined): readonly Tag[] {
  if (set === undefined) throw malformedXml();
  const tags = childrenOf(set, 'Tag').map((tag) => {
    const [Key, Value] = [textAt(tag, 'Key'), textAt(tag, 'Value')];
    if (Key === null || Value === null) throw malformedXml();
    return { Key, Value };
  });
  return checked(tags);
}

/** Reads the tags of a new object from the header `x-amz-tagging`, a query string. Throws InvalidTag. */
export function headerTags(header: string | undefined): readonly Tag[] {
  return checked([...new URLSearchParams(header ?? '')].map(([Key, Value]) => ({ Key, Value })));
}

export const tagSet = (tags: readonly Tag[]): XmlContent => ({ TagSet: { Tag: tags } });

/** "Using cost allocation S3 bucket tags" and "Categorizing your objects using tags", Amazon S3 User Guide. */
function checked(tags: readonly Tag[]): readonly Tag[] {
  const keys = new Set(tags.map(({ Key }) => Key));
  if (keys.size < tags.length) throw invalidTag('Cannot provide multiple Tags with the same key');
  for (const { Key, Value } of tags) {
    if (Key.startsWith('aws:')) throw invalidTag('System tags cannot be added/updated by requester');
    if (Key === '' || Key.length > 128) throw invalidTag('The TagKey you have provided is invalid');
    if (Value.length > 256) throw invalidTag('The TagValue you have provided is invalid');
  }
  return tags;
}
