import { rm } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { leastCpuMs } from '../../testing/processes/cpu-time.ts';
import { intricateProjects, largeProjects } from '../../testing/terraform/large-projects.ts';
import { readIn, writeProject } from '../../testing/terraform/written-project.ts';

/** Whether the first role of each provider is known; none where the project cannot be read. */
function kindsOf(result: Awaited<ReturnType<typeof readIn>>): readonly (string | undefined)[] {
  return result.ok ? result.value.providers.map(({ assumeRoles }) => assumeRoles[0]?.roleArn.kind) : [];
}

describe('a large project', () => {
  const limitsMs: Readonly<Record<string, number>> = { '20 MB of variables': 5_000 };

  it.each(Object.entries({ ...largeProjects, ...intricateProjects }))(
    'is read in seconds: %s',
    async (name, make) => {
      const large = writeProject(make());
      try {
        const readIt = async () => expect(kindsOf(await readIn(large))).toContain('known');
        expect(await leastCpuMs(readIt)).toBeLessThan(limitsMs[name] ?? 3_000);
      } finally {
        await rm(large, { recursive: true });
      }
    },
    120_000,
  );

  const wrapped = (from: string, to: string) => Array.from({ length: 20_000 }, (_none, at) => `  l${at + 1} = ${from}local.l${at}${to}\n`).join('');
  const ofAccount = (said: string) =>
    `data "aws_caller_identity" "me" {}\ncheck "a" {\n  assert {\n    condition     = ${said}\n    error_message = "x"\n  }\n}\n`;

  it.each([
    ['operators in a row', `locals {\n  l20000 = ${'1 + '.repeat(60_000)}1\n}\n`],
    ['conditions in a row', `locals {\n  l20000 = 1\n}\n${ofAccount(`${'data.aws_caller_identity.me.account_id != "1" && '.repeat(15_000)}true`)}`],
    ['a list in a list in a list', `locals {\n  l0 = "x"\n${wrapped('[', ']')}}\n`],
    ['an object in an object in an object', `locals {\n  l0 = "x"\n${wrapped('{ a = ', ' }')}}\n`],
    ['a chain of locals that goes around', `locals {\n  l0 = local.l20000\n${wrapped('', '')}}\n`],
  ])('with %s is read, or refused with a sentence', async (_name, content) => {
    const provider =
      'provider "aws" {\n  allowed_account_ids = [local.l20000]\n  assume_role {\n    role_arn = local.l20000\n  }\n}\nresource "aws_s3_bucket" "b" {}\n';
    const folder = writeProject({ 'main.tf': content + provider });
    try {
      const result = await readIn(folder);
      expect(result.ok ? kindsOf(result).join() : result.error.code).toMatch(/^(unknown|project-too-large)$/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it.each([
    ['an expression that is nested without end', `a = ${'('.repeat(60_000)}`],
    ['a template that is nested without end', `a = "${'${"'.repeat(20_000)}`],
    ['operators without end', `a = ${'!'.repeat(100_000)}true\n`],
    ['blocks that are nested without end', 'a {\n'.repeat(20_000)],
  ])(
    'or one that is too much for the parser ends in a sentence or a reading within ten seconds: %s',
    async (_name, content) => {
      const folder = writeProject({ 'main.tf': content });
      const begin = performance.now();
      try {
        const result = await readIn(folder);
        expect(result.ok ? null : result.error.code).toMatch(/^project-(broken|parser-silent)$/);
        expect(performance.now() - begin).toBeLessThan(10_000);
      } finally {
        await rm(folder, { recursive: true });
      }
    },
    20_000,
  );
});
