import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { findProgram } from '../../processes/find-program.ts';
import { runProgram } from '../../processes/run-program.ts';
import { writeCliConfig } from '../../terraform/cli-config.ts';
import { unframed } from '../../terraform/unframed.ts';
import { startLocalAws, type LocalAws } from '../local-aws.ts';
import { clientEnv } from './client-env.ts';
import { s3Call } from './s3-call.ts';

const terraform = findProgram('terraform');

let aws: LocalAws;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'terraform-s3-'));
  aws = await startLocalAws();
});
afterAll(async () => {
  await aws.close();
  await rm(folder, { recursive: true });
});
beforeEach((context) => {
  context.skip(terraform === null, 'terraform is not installed');
});

const mainTf = `terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
  backend "s3" {
    bucket         = "states"
    key            = "one/state"
    region         = "us-east-1"
    use_path_style = true
    use_lockfile   = true
    encrypt        = true
  }
}
provider "aws" {
  region            = "us-east-1"
  s3_use_path_style = true
}
resource "aws_s3_bucket" "this" {
  bucket        = "tagged"
  force_destroy = true
  tags          = { Name = "x", Team = "y & z" }
}
resource "aws_s3_bucket_versioning" "this" {
  bucket = aws_s3_bucket.this.id
  versioning_configuration {
    status = "Enabled"
  }
}
resource "aws_s3_object" "this" {
  depends_on = [aws_s3_bucket_versioning.this]
  bucket     = aws_s3_bucket.this.id
  key        = "a/b c.txt"
  content    = "words"
}
`;

test('Terraform keeps its state in a bucket under a lock, makes a bucket with tags in which it then finds nothing to change, and destroys it with what is in it', async () => {
  await s3Call(aws, aws.alice, { method: 'PUT', path: '/states' });
  await writeFile(join(folder, 'main.tf'), mainTf);
  const env = { ...clientEnv(aws, aws.alice), ...writeCliConfig(folder), TF_IN_AUTOMATION: '1' };
  const run = async (...args: readonly string[]) => {
    const { exitCode, stdout, stderr } = await runProgram(terraform ?? 'terraform', [...args, '-no-color'], { env, cwd: folder });
    return { exitCode, said: stdout + unframed(stderr) };
  };
  expect(await run('init')).toMatchObject({ exitCode: 0 });
  expect(await run('apply', '-auto-approve')).toMatchObject({ exitCode: 0, said: expect.stringContaining('Resources: 3 added') });
  expect((await s3Call(aws, aws.alice, { path: '/tagged', query: { tagging: '' } })).text).toContain('<Value>y &amp; z</Value>');
  // With changes it would be 2.
  expect(await run('plan', '-detailed-exitcode')).toMatchObject({ exitCode: 0, said: expect.stringContaining('No changes.') });

  const lock = { path: '/states/one/state.tflock' };
  await s3Call(aws, aws.alice, { ...lock, method: 'PUT', body: JSON.stringify({ ID: 'somebody', Who: 'else', Operation: 'OperationTypeApply' }) });
  expect(await run('plan')).toMatchObject({ exitCode: 1, said: expect.stringContaining('Error acquiring the state lock') });
  await s3Call(aws, aws.alice, { ...lock, method: 'DELETE' });

  expect(await run('destroy', '-auto-approve')).toMatchObject({ exitCode: 0, said: expect.stringContaining('3 destroyed') });
  expect((await s3Call(aws, aws.alice, { method: 'HEAD', path: '/tagged' })).status).toBe(404);
  expect((await s3Call(aws, aws.alice, lock)).status).toBe(404);
}, 180_000);
