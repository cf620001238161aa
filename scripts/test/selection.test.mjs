import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../setup/checkout.mjs';
import { selectionOf, specsFor } from './selection.mjs';

describe('The words behind npm test', () => {
  test.each([
    [[], { kind: 'all', paths: [] }],
    [['unit'], { kind: 'unit', paths: [] }],
    [['unit', 'src-main/core', 'scripts'], { kind: 'unit', paths: ['src-main/core', 'scripts'] }],
    [['e2e'], { kind: 'e2e', paths: ['e2e'] }],
    [['e2e/sessions/', 'e2e/whole/walk.spec.ts'], { kind: 'e2e', paths: ['e2e/sessions', 'e2e/whole/walk.spec.ts'] }],
    [['changed'], { kind: 'changed', paths: [] }],
  ])('the words %j behind npm test select %j', (words, selection) => {
    expect(selectionOf(words)).toEqual(selection);
  });

  test.each([[['units']], [['changed', 'src-main']], [['e2e/sessions', 'src-main']], [['src-main/core']]])(
    'the words %j behind npm test are refused',
    (words) => {
      expect(selectionOf(words)).toBeNull();
    },
  );
});

describe('The specs that a change can have broken', () => {
  test.each([
    [['src-main/broker/prompts/mfa-prompts.ts'], ['e2e/sessions']],
    [
      ['src-main/core/terraform/runs/run.ts', 'src-main/cli/commands/exec.ts'],
      ['e2e/hand-offs', 'e2e/projects'],
    ],
    [['src-renderer/sheets/history/history.tsx'], ['e2e/ending', 'e2e/windows']],
    [['e2e/whole/walk.spec.ts', 'docs/walk.md'], ['e2e/whole/walk.spec.ts']],
    [['e2e/sessions/session.spec.ts', 'src-main/vault/session-vault.ts'], ['e2e/sessions']],
    [['README.md', 'testing/aws/local-aws.ts'], []],
  ])('a change to %j can have broken the specs %j', (files, specs) => {
    expect(specsFor(files)).toEqual(specs);
  });

  test('the specs that a change can have broken cover every folder of specs but that of the whole, and those of the desktops and of an account of AWS, which have commands of their own', () => {
    const folders = readdirSync(join(root, 'e2e'), { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
    const features = ['sessions', 'hand-offs', 'projects', 'activity', 'profiles', 'panel'].map((word) => `src-main/${word}/x.ts`);
    expect(
      specsFor(features)
        .map((folder) => folder.slice('e2e/'.length))
        .toSorted(),
    ).toEqual(folders.filter((name) => !['whole', 'desktops', 'real-aws'].includes(name)).toSorted());
  });
});
