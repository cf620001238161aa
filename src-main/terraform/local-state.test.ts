import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { localResources } from './local-state.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'local-state-'));
  await mkdir(join(folder, '.terraform', 'providers'), { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

async function write(name: string, content: object | string): Promise<void> {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  await writeFile(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content, null, 2));
}

/** As Terraform 1.11 writes it. */
const state = (...resources: readonly object[]) => ({
  version: 4,
  terraform_version: '1.11.4',
  serial: 3,
  lineage: '032b6a8d-35a1-0ba7-8d2e-049fb6c02950',
  outputs: {},
  resources,
  check_results: null,
});
const resource = (mode: 'managed' | 'data', instances: number, more: object = {}) => ({
  mode,
  type: 'aws_s3_bucket',
  name: 'logs',
  provider: 'provider["registry.terraform.io/hashicorp/aws"]',
  instances: Array.from({ length: instances }, (_, index) => ({
    index_key: index,
    schema_version: 0,
    attributes: { id: `logs-${index}` },
    sensitive_attributes: [],
  })),
  ...more,
});
const backend = (config: object) => ({ version: 3, terraform_version: '1.11.4', ...config });
const count = (workspace = 'default') => localResources(folder, workspace);

describe('the local state', () => {
  it('has so many resources, those of modules among them, and data sources are none', async () => {
    await write('terraform.tfstate', state(resource('managed', 2), resource('data', 3), resource('managed', 1, { module: 'module.network' })));
    expect(await count()).toBe(3);
    await write('terraform.tfstate', state(resource('data', 3)));
    expect(await count()).toBe(0);
  });

  it('has none after a destroy, or before the first apply', async () => {
    expect(await count()).toBe(0);
    await write('terraform.tfstate', state());
    expect(await count()).toBe(0);
  });

  it('of a workspace is in a folder of its own', async () => {
    await write('terraform.tfstate', state(resource('managed', 1)));
    await write('terraform.tfstate.d/staging/terraform.tfstate', state(resource('managed', 2)));
    expect([await count(), await count('staging'), await count('empty')]).toEqual([1, 2, 0]);
  });

  it('counts again once a project has come back to it from another backend', async () => {
    await write('.terraform/terraform.tfstate', backend({}));
    await write('terraform.tfstate', state(resource('managed', 1)));
    expect(await count()).toBe(1);
  });
});

describe('what the project has cannot be told', () => {
  it.each([
    ['s3', { bucket: 'states' }],
    ['cloud', { organization: 'example' }],
    ['local', { path: '../elsewhere.tfstate', workspace_dir: null }],
  ])('with the backend %s', async (type, config) => {
    await write('.terraform/terraform.tfstate', backend({ backend: { type, config, hash: 3_321_593_122 } }));
    // Left over from before the project had this backend.
    await write('terraform.tfstate', state());
    expect(await count()).toBeNull();
  });

  it.each(['', '{', '[]', 'null', '{"version":3,"modules":[]}', '{"serial":1,"lineage":"x","meta":{},"encrypted_data":"x"}'])(
    'out of a state file like %j',
    async (content) => {
      await write('terraform.tfstate', content);
      expect(await count()).toBeNull();
    },
  );

  it('out of what is no file, or with a backend’s file that is broken', async () => {
    await mkdir(join(folder, 'terraform.tfstate'));
    expect(await count()).toBeNull();
    await rm(join(folder, 'terraform.tfstate'), { recursive: true });
    await write('.terraform/terraform.tfstate', '{');
    expect(await count()).toBeNull();
  });

  it('without the folder in which a run here would have noted its backend', async () => {
    await rm(join(folder, '.terraform'), { recursive: true });
    expect(await count()).toBeNull();
    expect(await localResources(join(folder, 'gone'), 'default')).toBeNull();
  });

  it.skipIf(process.platform === 'win32').for(['terraform.tfstate', '.terraform/terraform.tfstate'])(
    'the local state of a project is unknown, and not waited for, where %s is a pipe',
    async (name) => {
      spawnSync('mkfifo', [join(folder, name)]);
      expect(await localResources(folder, 'default')).toBeNull();
    },
  );
});
