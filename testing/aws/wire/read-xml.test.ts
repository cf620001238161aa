import { expect, test } from 'vitest';
import { childrenOf, readXml, textAt } from './read-xml.ts';
import { flatXml } from './xml.ts';

test('a document is read with its elements and texts, without namespaces and attributes', () => {
  const root = readXml(
    '<?xml version="1.0"?>\n<!-- <x> --><s3:Tagging xmlns:s3="urn:x">\n<TagSet><Tag a="1"><Key>a &amp; &#x62;</Key><Value/></Tag><Tag><Key>c</Key></Tag></TagSet></s3:Tagging>',
  );
  expect(root?.name).toBe('Tagging');
  const tags = childrenOf(root?.children[0] ?? { name: '', text: '', children: [] }, 'Tag');
  expect(tags.map((tag) => [textAt(tag, 'Key'), textAt(tag, 'Value')])).toEqual([
    ['a & b', ''],
    ['c', null],
  ]);
});

test.each(['', 'words', '<a>', '<a></b>', '</a>', '<a/><b/>', '<a/>words', '<!DOCTYPE a><a/>', '<a><b></a></b>', '{"a": 1}'])('%j is no document', (text) => {
  expect(readXml(text)).toBeNull();
});

test('what was written with lists that repeat their element is read back', () => {
  const root = readXml(`<List>${flatXml({ Key: ['<a>', 'b & "c"'], None: [], Left: null, In: { Deep: [{ Value: 1 }] } })}</List>`);
  expect(root && childrenOf(root, 'Key').map(({ text }) => text)).toEqual(['<a>', 'b & "c"']);
  expect(root?.children.map(({ name }) => name)).toEqual(['Key', 'Key', 'In']);
  expect(root && textAt(root, 'In', 'Deep', 'Value')).toBe('1');
});
