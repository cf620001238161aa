import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { awsCallsOf } from '../../../testing/samples/aws-calls.ts';
import { tried } from '../../../testing/trust/times.ts';
import type { AppError, Result } from '../../contract/app-error.ts';
import { errorSentences } from '../../core/texts/translate.ts';
import { shippedTexts } from '../../../testing/texts/shipped-texts.ts';

/**
 * A network of its own with nothing in it, so that the system's resolver itself says that AWS's names do not resolve. It
 * needs no rights where users may make namespaces of their own; elsewhere a name is asked for that nobody can have (RFC 6761).
 */
const alone = ['unshare', '-rn'] as const;
const mayBeAlone = process.platform === 'linux' && spawnSync(alone[0], [alone[1], 'true']).status === 0;

it('a call of STS or IAM whose name does not resolve is told in two sentences of each language that say which name', { timeout: 120_000 }, async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'without-names-'));
  const run = [process.execPath, '--import', 'tsx', join(import.meta.dirname, '../../../testing/samples/without-names.ts'), folder];
  const [program = '', ...args] = mayBeAlone ? [...alone, ...run] : [...run, 'https://aws.example.invalid'];
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^AWS_|_proxy$/i.test(name)));
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const outcomes = JSON.parse(await text(child.stdout)) as Readonly<Record<string, Result<unknown>>>;
    expect(Object.keys(outcomes)).toEqual(Object.keys(awsCallsOf));
    for (const [action, outcome] of Object.entries(outcomes)) {
      const service = action.startsWith('sts:') ? 'STS' : 'IAM';
      expect({ action, outcome }).toMatchObject({ action, outcome: { ok: false, error: { code: 'network-unreachable', params: { service } } } });
      const { error } = outcome as { readonly error: AppError };
      for (const language of ['en', 'ja'] as const) {
        expect(errorSentences(shippedTexts[language], error)).toMatch(/(ENOTFOUND|EAI_AGAIN) (sts|iam|aws)[\w.-]*\.(com|invalid)/);
        expect(errorSentences(shippedTexts[language], error)).not.toMatch(/\{\{|undefined|null|</);
      }
    }
    tried(context, Object.keys(outcomes).length);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
