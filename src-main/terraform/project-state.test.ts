import { describe, expect, it } from 'vitest';
import { awsBlock, parameter, readingOf, waysOf } from '../../testing/terraform/written-project.ts';

const role = (account: string) => `arn:aws:iam::${account}:role/state`;
const recorded = (config: object, type = 's3') => JSON.stringify({ version: 3, backend: { type, config, hash: 1 } });
const partial = 'terraform {\n  backend "s3" {\n    key = "x"\n  }\n}\n';

describe('the backend of a project', () => {
  const backend = async (files: Record<string, string>) => {
    const { backend: found } = await readingOf(files);
    return found === null ? null : { roles: found.assumeRoles.map(({ roleArn }) => roleArn), profile: found.profile, file: found.place.file };
  };

  it('is what init recorded of it, the arguments of -backend-config among them', async () => {
    const config = { bucket: 'b', key: 'x', assume_role: { role_arn: role('333333333333'), external_id: null }, profile: 'state', role_arn: null };
    expect(await backend({ 'main.tf': partial, '.terraform/terraform.tfstate': recorded(config) })).toEqual({
      roles: [{ kind: 'known', value: role('333333333333') }],
      profile: { kind: 'known', value: 'state' },
      file: 'main.tf',
    });
  });

  it('is what the files say before init, or where its record cannot be read', async () => {
    const whole = partial.replace('key =', `role_arn = "${role('444444444444')}"\n    key =`);
    const said = { roles: [{ kind: 'known', value: role('444444444444') }], profile: null, file: 'main.tf' };
    expect(await backend({ 'main.tf': whole })).toEqual(said);
    expect(await backend({ 'main.tf': whole, '.terraform/terraform.tfstate': 'no JSON' })).toEqual(said);
  });
});

describe('the state of a project', () => {
  const state = JSON.stringify({
    version: 4,
    resources: [{ mode: 'managed', type: 'aws_ssm_parameter', name: 'gone', provider: 'provider["registry.terraform.io/hashicorp/aws"]', instances: [{}] }],
  });
  const main = awsBlock(null) + awsBlock('222222222222', 'alias = "work"') + parameter('aws.work');
  const used = ['aws (state)', 'aws.work → 222222222222'];

  it('is the file of the workspace, that of a local backend, or that of -state', async () => {
    expect(await waysOf({ 'main.tf': main, 'terraform.tfstate': state })).toEqual(used);
    expect(await waysOf({ 'main.tf': main, 'terraform.tfstate.d/dev/terraform.tfstate': state }, { env: { TF_WORKSPACE: 'dev' } })).toEqual(used);
    expect(await waysOf({ 'main.tf': main, '.terraform/terraform.tfstate': recorded({ path: 'kept/here' }, 'local'), 'kept/here': state })).toEqual(used);
    expect(await waysOf({ 'main.tf': main, other: state }, { line: 'terraform plan -state other' })).toEqual(used);
  });

  it('is not seen where init recorded another backend than a local one, or keeps its data elsewhere', async () => {
    const unseen = ['aws (perhaps)', 'aws.work → 222222222222'];
    expect(await waysOf({ 'main.tf': main, '.terraform/terraform.tfstate': recorded({}, 'gcs') })).toEqual(unseen);
    expect(await waysOf({ 'main.tf': main, 'data/terraform.tfstate': recorded({}) }, { env: { TF_DATA_DIR: 'data' } })).toEqual(unseen);
    expect(await waysOf({ 'main.tf': main, 'terraform.tfstate': '{"version":3,"modules":[]}' })).toEqual(unseen);
    expect(await waysOf({ 'main.tf': main, 'terraform.tfstate': '{"serial":1,"lineage":"x","meta":{},"encrypted_data":"x"}' })).toEqual(unseen);
    expect(await waysOf({ 'main.tf': main, 'terraform.tfstate/x': '' })).toEqual(unseen);
  });

  it('names the provider of a resource, of each of its instances, or an instance of a provider with for_each, as OpenTofu does', async () => {
    const address = 'provider["registry.terraform.io/hashicorp/aws"]';
    const held = (said: object, instances: readonly object[]) =>
      JSON.stringify({ version: 4, resources: [{ mode: 'managed', type: 'aws_ssm_parameter', name: 'gone', ...said, instances }] });
    const ways = (text: string) => waysOf({ 'main.tf': main, 'terraform.tfstate': text });
    expect(await ways(held({}, [{ index_key: 'dev', provider: `${address}.work["dev"]` }]))).toEqual(['aws (nothing)', 'aws.work → 222222222222']);
    expect(
      await ways(
        held({}, [
          { index_key: 'dev', provider: `${address}.work["dev"]` },
          { index_key: 'base', provider: address },
        ]),
      ),
    ).toEqual(used);
    expect(await ways(held({ provider: `${address}.work["a.b"]` }, [{}]))).toEqual(['aws (nothing)', 'aws.work → 222222222222']);
  });

  it('is not seen where it does not say which provider a resource has', async () => {
    const held = (said: object) =>
      JSON.stringify({ version: 4, resources: [{ mode: 'managed', type: 'aws_ssm_parameter', name: 'gone', ...said, instances: [{}] }] });
    for (const said of [{}, { provider: '' }, { provider: 'provider.aws' }]) {
      expect(await waysOf({ 'main.tf': main, 'terraform.tfstate': held(said) })).toEqual(['aws (perhaps)', 'aws.work → 222222222222']);
    }
  });
});
