import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { root } from '../setup/checkout.mjs';

// electron-builder looks at its configuration only when it packages, which takes minutes. Its own check is run here alone.
const { resolve } = createRequire(import.meta.url);
const ofBuilder = createRequire(resolve('electron-builder'));
const { validateSchema } = ofBuilder('app-builder-lib/out/util/config/schemaValidator.js');
const schema = ofBuilder('app-builder-lib/scheme.json');

const configuration = () => parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8'));

test('electron-builder takes its configuration, and would refuse a field that it does not know', () => {
  expect(() => validateSchema(schema, configuration())).not.toThrow();
  expect(() => validateSchema(schema, { ...configuration(), rpm: { recommends: ['curl'] } })).toThrow('rpm');
});
