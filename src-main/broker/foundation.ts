import { join } from 'node:path';
import { profileSettings } from '../aws/files/profiles.ts';
import { awsCalls } from '../aws/requests/calls.ts';
import { isWayland } from '../core/desktop/wayland.ts';
import { openVaults } from '../vault/vaults.ts';
import { keepAccountColors } from './accounts/account-colors.ts';
import { userAccessKeys } from './access-keys/user-access-keys.ts';
import { Ledger } from './ledger/ledger.ts';
import { LedgerFile } from './ledger/ledger-file.ts';
import { InPlaceInstaller } from './profiles/in-place-installer.ts';
import { InPlaceRecords } from './profiles/in-place-records.ts';
import { ProfileInstaller } from './profiles/profile-installer.ts';
import { settingsContent, SettingsManager } from './state/settings-manager.ts';
import { Sheets } from './state/sheets.ts';
import { initialContent, UiStateStore } from './state/ui-state-store.ts';
import type { BrokerWorld } from './world.ts';

/** What every feature stands on: the state, what is kept of it, the secrets, and the way to AWS. */
export function openFoundation(world: BrokerWorld) {
  const { awsFiles, cipher, dataFolder, home, platform, unofficialRuntime, versions, settings: keeper, systemLanguages, commandLine, now } = world;
  const { settings: start, problem: settingsProblem } = keeper.read();
  const { config, credentials } = awsFiles(() => start.awsFiles);
  const store = new UiStateStore(
    initialContent(settingsContent(start, systemLanguages), {
      files: { config, credentials },
      desktop: { platform, tray: 'unknown', dataFolder, home, unofficialRuntime, versions, isWayland: platform === 'linux' && isWayland(world.env) },
    }),
  );
  const files = awsFiles(() => store.content.settings.awsFiles);
  const vaults = openVaults({ cipher, dataFolder, now });
  const keys = userAccessKeys({ store, files, vault: vaults.accessKeys });
  const settings = new SettingsManager(keeper, systemLanguages, store);
  keepAccountColors({ store, settings });
  return {
    store,
    settings,
    sheets: new Sheets(store),
    ledger: new Ledger({ store, file: new LedgerFile({ file: join(dataFolder, 'ledger.jsonl') }), now }),
    vaults,
    ...keys,
    installer: new ProfileInstaller({ files, command: commandLine, settings: () => profileSettings(files) }),
    inPlace: new InPlaceInstaller({
      files,
      command: commandLine,
      records: new InPlaceRecords(join(dataFolder, 'in-place.json')),
      vault: vaults.accessKeys,
      verifyKey: keys.verifyKey,
    }),
    aws: awsCalls(files, keys.keyOf, () => store.content.settings.proxy),
    files,
    settingsProblem,
    now,
  };
}

export type Foundation = ReturnType<typeof openFoundation>;
