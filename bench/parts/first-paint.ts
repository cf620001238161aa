import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { checkout, electronExecutable, sandboxArguments } from '../../testing/app/running-app.ts';
import type { AppRig } from '../../testing/app/app-rig.ts';
import { poll } from '../../testing/processes/deadline.ts';
import { OwnedProcess } from '../../testing/processes/owned-process.ts';
import { Ownership } from '../../testing/processes/ownership.ts';
import { alternate } from '../instruments/alternate.ts';
import { apiOpened, askApi } from '../instruments/local-api-client.ts';
import { PaintWitness } from '../instruments/paint-witness.ts';
import { rowOf, type Row } from '../report/row.ts';
import { stsTray, type TrayStarter } from '../instruments/tray-app.ts';

/** After the paint the window still closes, and its process ends. A prompt that was cancelled comes back for nobody within three seconds. */
const afterMs = { panel: 1_000, prompt: 1_800 };
/** As large as the panel and the prompt. */
const sizes = { panel: '400 560', prompt: '360 320' };

/** From the request until a window is on the screen with content. */
export async function firstPaintRows(rig: AppRig, starter: TrayStarter, { count = 15 } = {}): Promise<readonly Row[]> {
  const ownership = new Ownership();
  try {
    const ours = ownership.own(await PaintWitness.open(rig, 'ours'));
    const empty = ownership.own(await PaintWitness.open(rig, 'empty'));
    ownership.own((await starter.start({ ...stsTray(rig.dataFolder), env: ours.env })).process);
    await apiOpened(rig);
    const openEmpty = await emptyWindows(rig, ownership, empty.env);
    const inTurn = (view: 'panel' | 'prompt', ask: () => Promise<unknown>) => {
      const settled = async (took: Promise<number>): Promise<number> => {
        const tookMs = await took;
        await delay(afterMs[view]);
        return tookMs;
      };
      return alternate(count, {
        // The request for the prompt ends when that is closed.
        ours: () => settled(ours.paintAfter(() => void ask().catch(() => undefined))),
        reference: () => settled(empty.paintAfter(() => openEmpty(sizes[view]))),
      });
    };
    const panel = await inTurn('panel', () => askApi(rig, 'panel', {}));
    const prompt = await inTurn('prompt', () => askApi(rig, 'login', { profile: 'default' }));
    const row = (what: string, series: typeof panel, max: number) =>
      rowOf({
        what,
        unit: 'ms',
        ours: series.ours,
        reference: { what: 'a window with one line of text', values: series.reference },
        budget: { kind: 'ratio', max },
        whyMissed: 'The page loads its code, and draws with it, before it has something to show.',
      });
    return [row('request to panel on the screen', panel, 1.3), row('request to MFA prompt on the screen', prompt, 1.2)];
  } finally {
    await ownership.close();
  }
}

/** Starts the app whose windows are empty; what is returned has it open one. */
async function emptyWindows(rig: AppRig, ownership: Ownership, env: Readonly<Record<string, string>>): Promise<(size: string) => void> {
  const socket = join(rig.env['XDG_RUNTIME_DIR'] ?? '', 'empty-window.sock');
  const app = await OwnedProcess.spawn({
    command: electronExecutable(),
    args: [...sandboxArguments(), join(checkout, 'bench', 'empty-window-app'), `--user-data-dir=${rig.dataFolder}-empty`],
    env: { ...rig.env, ...env, EMPTY_WINDOW_SOCKET: socket },
  });
  ownership.own(app);
  await app.unlessItEnds(poll(20_000, 'The app of empty windows did not listen', () => canConnect(socket)));
  return (size) => void connect(socket).end(size);
}

function canConnect(socket: string): Promise<true | undefined> {
  return new Promise((resolve) => {
    const client = connect(socket, () => {
      client.destroy();
      resolve(true);
    });
    client.on('error', () => resolve(undefined));
  });
}
