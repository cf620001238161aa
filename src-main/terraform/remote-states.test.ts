import { expect, it } from 'vitest';
import { readingOf } from '../../testing/terraform/written-project.ts';

it('a reading names the roles with which states of other projects are read from S3', async () => {
  const state = (name: string, backend: string, config: string) =>
    `data "terraform_remote_state" "${name}" {\n  backend = "${backend}"\n  config = ${config}\n}\n`;
  const role = (name: string) => `arn:aws:iam::333333333333:role/${name}`;
  const { stateRoles } = await readingOf({
    'main.tf': [
      `locals {\n  hub = "${role('hub')}"\n}\n`,
      state('new', 's3', '{\n    bucket = aws_s3_bucket.late.id\n    assume_role = { role_arn = local.hub }\n  }'),
      state('old', 's3', `{ role_arn = "${role('old')}" }`),
      state('late', 's3', '{ role_arn = data.aws_ssm_parameter.role.value }'),
      state('none', 's3', '{ bucket = "b" }'),
      state('gcs', 'gcs', `{ role_arn = "${role('not')}" }`),
    ].join(''),
  });
  expect(stateRoles).toEqual([role('hub'), role('old')]);
});

it('a reading names the roles of states that are read by for_each, by count, or by a check', async () => {
  const role = (name: string) => `arn:aws:iam::333333333333:role/${name}`;
  const state = (name: string, lines: string) => `data "terraform_remote_state" "${name}" {\n  backend = "s3"\n${lines}}\n`;
  const { stateRoles } = await readingOf({
    'main.tf': [
      state('each', `  for_each = { net = "${role('net')}" }\n  config   = { bucket = each.key, assume_role = { role_arn = each.value } }\n`),
      state('counted', `  count  = 1\n  config = { bucket = "b", role_arn = "${role('counted')}\${count.index}" }\n`),
      `check "c" {\n  ${state('checked', `  config = { role_arn = "${role('checked')}" }\n`)}}\n`,
    ].join(''),
  });
  expect(stateRoles).toEqual([role('net'), role('counted0'), role('checked')]);
});

it('a reading names the profiles with which states of other projects are read from S3', async () => {
  const state = (name: string, config: string) => `data "terraform_remote_state" "${name}" {\n  backend = "s3"\n  config = ${config}\n}\n`;
  const { stateProfiles } = await readingOf({
    'main.tf': [
      state('own', '{ profile = "state" }'),
      state('same', '{ profile = "state" }'),
      state('late', '{ profile = data.aws_ssm_parameter.p.value }'),
    ].join(''),
  });
  expect(stateProfiles).toEqual(['state']);
  expect(await readingOf({ 'main.tf': state('none', '{ bucket = "b" }') })).not.toHaveProperty('stateProfiles');
});
