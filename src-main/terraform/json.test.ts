import { expect, it } from 'vitest';
import { parseJsonConfiguration, parseJsonFile } from './json.ts';

const parsed = (text: string): unknown => {
  const read = parseJsonFile('main.tf.json', text);
  return read.ok ? JSON.parse(JSON.stringify(read.value)) : read.error;
};

it('a JSON file has a replacement character for half of a surrogate pair, in values and in names', () => {
  expect(parsed(String.raw`{"locals": {"\udc00a": "\ud83d", "b": ["\ud83d\ude00"]}}`)).toEqual({ locals: { '\uFFFDa': '\uFFFD', b: ['😀'] } });
});

it('a JSON file has no number that a double would change', () => {
  expect(parsed('{"locals": {"a": 222222222222, "b": 0.30000000000000001, "c": 1e-400, "d": -1.5}}')).toEqual({
    locals: { a: 222_222_222_222, b: null, c: null, d: -1.5 },
  });
});

it('a text of a configuration in JSON has no byte order mark at its beginning, but the default of a variable has, as one of a file of variables has', () => {
  const text = String.raw`{"variable": {"a": {"default": "\ufeffx"}}, "locals": {"a": "\uFEFFx", "b": ["\ufeff\ufeff", "x\ufeff"]}}`;
  const read = parseJsonConfiguration('main.tf.json', text);
  expect(read.ok && JSON.parse(JSON.stringify(read.value))).toEqual({
    variable: { a: { default: '\uFEFFx' } },
    locals: { a: 'x', b: ['\uFEFF', 'x\uFEFF'] },
  });
  expect(parsed(text)).toMatchObject({ locals: { a: '\uFEFFx' } });
});

it('the default of a variable in JSON says what it says, and is no template', () => {
  const read = parseJsonConfiguration('main.tf.json', '{"variable": {"a": {"default": {"x": ["$${a}", "%{b}"], "${c}": 1}}}, "locals": {"a": "${b}"}}');
  expect(read.ok && JSON.parse(JSON.stringify(read.value))).toEqual({
    variable: { a: { default: { x: ['$$${a}', '%%{b}'], '$${c}': 1 } } },
    locals: { a: '${b}' },
  });
});
