import { expect, it } from 'vitest';
import { parseHclFile } from '../structure/hcl-file.ts';
import { noSurroundings } from './calling/surroundings.ts';
import { evaluate } from './evaluate.ts';
import { nothingBehind } from './module-scope.ts';
import { attribute, isRecord, notKnown, type Value } from './values/value.ts';

/** The value of an argument as a file has it, with names that all have the same value. */
async function valueOf(text: string, named: Value): Promise<Value> {
  const read = parseHclFile(`a = ${text}\n`);
  if (!read.ok) throw new Error(JSON.stringify(read.fault));
  return evaluate(read.value['a'], { lookUp: async () => named, providersBehind: nothingBehind, surroundings: noSurroundings });
}

it('an object has the last of the values whose keys are the same, whether these are words, numbers or expressions', async () => {
  const last = async (text: string, key: string, named: Value): Promise<Value | undefined> => {
    const value = await valueOf(text, named);
    return isRecord(value) ? attribute(value, key) : undefined;
  };
  expect(await last('{ main = "x", (local.main) = "y", main = "z" }', 'main', 'main')).toBe('z');
  expect(await last('{ main = "x", main = "y", (local.main) = "z" }', 'main', 'main')).toBe('z');
  expect(await last('{ (local.tier) = "y", 1 = "z" }', '1', '1')).toBe('z');
  expect(await last('{ 1 = "y", "${local.tier}" = "z" }', '1', '1')).toBe('z');
  expect(await last('{ 1 = "x", (local.tier) = "y", "1" = "z" }', '1', '1')).toBe('z');
  expect(await last('{ "é" = "x", "e\u0301" = "y", (local.name) = "z", "é" = "last" }', 'é', 'é')).toBe('last');
  expect(await last('{ __proto__ = "x", (local.name) = "y", "__proto__" = "z" }', '__proto__', '__proto__')).toBe('z');
});

it('a value that may be ephemeral, of which Terraform then makes null, is not known with ephemeralasnull', async () => {
  expect(await valueOf('ephemeralasnull(var.role)', 'x')).toBe(notKnown);
  expect(await valueOf('[for one in [var.role] : core::ephemeralasnull("${one}/a")]', 'x')).toEqual([notKnown]);
  expect(await valueOf('ephemeralasnull("x")', 'y')).toBe('x');
});

it.each([
  ['0.1 + 0.2', 0.3],
  ['0.7 + 0.1', 0.8],
  ['3 * 0.1', 0.3],
  ['0.25 * 0.5', 0.125],
  ['7 / 2', 3.5],
  ['sum(["0.1", "0.2"])', 0.3],
])('%s is known, since Terraform comes to %d as well', async (text, number) => {
  expect(await valueOf(text, null)).toBe(number);
});

it.each(['1.1 + 2.2', '1.1 - 1', '0.3 - 0.1', '1.1 * 1.1', '1 / 10', '0 / -3', 'sum([1.1, 2.2])', 'sum(["12345678901234567890", 1])'])(
  '%s is not known, since Terraform’s result has an end of its own, or a sign',
  async (text) => {
    expect(await valueOf(text, null)).toBe(notKnown);
  },
);
