import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { withBroker } from '../../testing/rigs/broker-rig.ts';

const it = withBroker();

it('AWS files that the user has just chosen are the ones that are read next', async ({ aws, rig }) => {
  const { broker } = rig;
  const chosen = join(dirname(broker.files.credentials), 'work-credentials');
  await writeFile(chosen, `[work]\naws_access_key_id = ${aws.alice.accessKeyId}\naws_secret_access_key = ${aws.alice.secretAccessKey}\n`);
  broker.settings.chooseAwsFile('credentials', chosen);
  expect(broker.files.credentials).toBe(chosen);
  await broker.loadConfig();
  expect(rig.store.state.profiles.map(({ name }) => name)).toEqual(['work']);
});
