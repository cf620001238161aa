import type { Tray } from '../testing/desktop/tray/tray.ts';
import { within } from '../testing/processes/deadline.ts';
import { expectSeen, type Scene } from './scene.ts';

/** Quits the app by the tray's menu, and sees that it is gone and has left nothing in the clipboard. */
export async function quit({ app, desktop }: Scene, tray: Tray): Promise<void> {
  // The app may be gone from the bus before it has answered the click.
  await tray.clickMenuItem('Quit').catch(() => undefined);
  const code = await within(10_000, 'The app did not quit', app.ended);
  expectSeen('the app quit with code 0', code === 0);
  expectSeen('no exports left in the clipboard', !(await desktop.clipboard.readText()).includes('AWS_SESSION_TOKEN'));
}
