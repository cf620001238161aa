import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callFunction } from '../core/terraform/language/call-function.ts';
import { failure, notKnown, type Value } from '../core/terraform/language/values/value.ts';
import { surroundingsOf } from './surroundings.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'surroundings-'));
  for (const below of ['.terraform/providers', 'cache/aws', 'accounts/eu', 'lost', 'round/in', 'names']) await mkdir(join(folder, below), { recursive: true });
  for (const file of [
    'main.tf',
    'cache/aws/a.json',
    'accounts/prod.yaml',
    'accounts/b.yml',
    'accounts/c-1.json',
    'accounts/eu/d.yaml',
    'round/in/x.json',
    'names/日本.json',
  ])
    await writeFile(join(folder, file), '');
  await symlink('../../cache/aws', join(folder, '.terraform/providers/aws'));
  await symlink('nowhere', join(folder, 'lost/x.yaml'));
  await symlink('..', join(folder, 'round/in/up'));
  await symlink('up', join(folder, 'round/in/itself'));
});
afterAll(() => rm(folder, { recursive: true }));

const call = (name: string, ...args: readonly string[]): Value =>
  callFunction(name, args, { surroundings: surroundingsOf({ opened: folder, folder, startedIn: folder }), render: () => notKnown });
const found = (start: string, pattern: string): Value => call('fileset', start, pattern);

describe('files by a pattern', () => {
  it('are looked for only where the pattern leads, and there past links', () => {
    expect(found('.', 'accounts/*.yaml')).toEqual(['accounts/prod.yaml']);
    expect(found('.', 'acc*/*.yml')).toEqual(['accounts/b.yml']);
    expect(found('.', '.terraform/**/*.json')).toEqual(['.terraform/providers/aws/a.json']);
    expect(found('./accounts/', '**/*.yaml')).toEqual(['eu/d.yaml', 'prod.yaml']);
    expect(found('accounts', '**')).toEqual(['b.yml', 'c-1.json', 'eu/d.yaml', 'prod.yaml']);
  });

  it('have names as they are, with any letters, or with some of a few', () => {
    expect(found('accounts', '/prod.yaml')).toEqual(['prod.yaml']);
    expect(found('accounts', '*.{yaml,yml}')).toEqual(['b.yml', 'prod.yaml']);
    expect(found('accounts', '[a-c]?[0-9].{json}')).toEqual(['c-1.json']);
    expect(found('accounts', '?.yml')).toEqual(['b.yml']);
    expect(found('nowhere', '*.yml')).toEqual([]);
    expect(found('main.tf', '*')).toEqual([]);
  });

  it('are not known by patterns that Terraform takes in ways of its own', () => {
    for (const pattern of ['*.{y*ml,json}', 'accounts**', '***', '{,prod.yaml}', '{eu/,}*.yaml', '../*.tf', '[^a]*', '[b-a]*', '{a', 'a}*', '', '\\*'])
      expect(found('accounts', pattern)).toBe(notKnown);
    expect(found('acc*', '*.yml')).toBe(notKnown);
  });

  it('are not known where a link among them leads nowhere, on which Terraform fails', () => {
    expect(found('lost', '*.yaml')).toBe(notKnown);
    expect(found('lost', 'x.yaml')).toBe(notKnown);
    expect(found('lost', '*.json')).toEqual([]);
  });

  it('are not known by letters of another alphabet, which Terraform compares by their bytes', () => {
    expect(found('names', '*a*')).toBe(notKnown);
    expect(found('names', '日本.json')).toEqual(['日本.json']);
  });

  it('are not looked for without end where links lead round in a circle', () => {
    expect(found('.', 'round/in/*.json')).toEqual(['round/in/x.json']);
    expect(found('.', 'round/**')).toBe(notKnown);
  });
});

it('a file is there or not, past links, and a folder is none', () => {
  expect(['main.tf', '.terraform/providers/aws/a.json', 'gone', 'lost/x.yaml', 'accounts', 'main.tf/x'].map((path) => call('fileexists', path))).toEqual([
    true,
    true,
    false,
    false,
    failure,
    notKnown,
  ]);
});
