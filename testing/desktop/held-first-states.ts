import type { IpcMainInvokeEvent } from 'electron';
import type { ElectronApplication } from 'playwright';
import { channels } from '../../src-main/contract/command-names.ts';

/** Electron's own list of what answers the pages, which it does not document. */
type InvokeHandlers = ReadonlyMap<string, (event: IpcMainInvokeEvent) => unknown>;

const released = 'first-states-released';

/** From now on a new page that reads its first state gets an answer only when the returned function is called. */
export async function holdFirstStates(electron: ElectronApplication): Promise<() => Promise<void>> {
  await electron.evaluate(
    ({ ipcMain }, { channel, release }) => {
      const answer = (Reflect.get(ipcMain, '_invokeHandlers') as InvokeHandlers).get(channel);
      ipcMain.removeHandler(channel);
      ipcMain.handle(channel, (event) => new Promise((resolve) => ipcMain.once(release, () => resolve(answer?.(event)))));
    },
    { channel: channels.readUiState, release: released },
  );
  return () => electron.evaluate(({ ipcMain }, release) => void ipcMain.emit(release), released);
}
