import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { awsFiles } from '../../aws/files/environment.ts';
import { Settings } from '../../contract/settings.ts';
import { succeeded } from '../../core/errors.ts';
import { AwsFileChoice } from './aws-file-choice.ts';
import { settingsContent, SettingsManager } from '../state/settings-manager.ts';
import { initialContent, UiStateStore } from '../state/ui-state-store.ts';

let folder: string;
let reloads: number;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aws-files-'));
  await writeFile(join(folder, 'work'), '');
  reloads = 0;
});
afterEach(() => rm(folder, { recursive: true }));

function choiceIn(env: NodeJS.ProcessEnv) {
  const start = Settings.parse({});
  const files = awsFiles(env, () => store.content.settings.awsFiles);
  const first = awsFiles(env, () => start.awsFiles);
  const store: UiStateStore = new UiStateStore(
    initialContent(settingsContent(start, []), {
      files: { config: first.config, credentials: first.credentials },
      desktop: {
        platform: 'linux',
        tray: 'shown',
        dataFolder: folder,
        home: folder,
        unofficialRuntime: null,
        versions: { app: '0.1.0', electron: '45.4.1' },
        isWayland: false,
      },
    }),
  );
  const settings = new SettingsManager({ read: () => ({ settings: start, problem: null }), write: async () => succeeded(null) }, [], store);
  const choice = new AwsFileChoice({ store, settings, files, env, reload: async () => void (reloads += 1) });
  return { store, files, choice };
}

describe('the AWS files that the user points to', () => {
  it('the AWS files that the user points to are in use at once, and the usual ones again when wanted', async () => {
    const { store, files, choice } = choiceIn({ HOME: folder });
    expect(files.credentials).toBe(join(folder, '.aws/credentials'));
    await choice.choose('credentials', join(folder, 'work'));
    expect(files.credentials).toBe(join(folder, 'work'));
    expect(store.state.files).toEqual({ config: join(folder, '.aws/config'), credentials: join(folder, 'work') });
    expect(reloads).toBe(1);
    await choice.reset();
    expect(store.state.files.credentials).toBe(join(folder, '.aws/credentials'));
  });

  it('the AWS files that the user points to are not taken where the environment says which file it is', async () => {
    const { store, files, choice } = choiceIn({ HOME: folder, AWS_CONFIG_FILE: join(folder, 'fixed') });
    await choice.choose('config', join(folder, 'work'));
    expect(files.config).toBe(join(folder, 'fixed'));
    expect(store.state.notice).toMatchObject({ kind: 'failed', error: { code: 'aws-file-fixed', params: { variable: 'AWS_CONFIG_FILE' } } });
    expect(reloads).toBe(0);
  });
});
