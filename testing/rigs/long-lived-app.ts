import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openLocalApi } from '../../src-main/broker/local-api/server.ts';
import { ReminderClock } from '../../src-main/broker/projects/reminder-clock.ts';
import { SessionClock } from '../../src-main/broker/sessions/session-clock.ts';
import { appError, failed, succeeded } from '../../src-main/core/errors.ts';
import { mergeHandlers } from '../../src-main/core/merge-handlers.ts';
import { errorSentences } from '../../src-main/core/texts/translate.ts';
import { shippedTexts } from '../texts/shipped-texts.ts';
import { callingProgram } from '../../src-main/platform/programs/calling-program.ts';
import { executableOf } from '../../src-main/platform/programs/executable.ts';
import { watchRun, watchTerminal } from '../../src-main/platform/programs/run-fifo.ts';
import { connectedProcesses, descendsFrom } from '../../src-main/platform/programs/socket-peer.ts';
import { thisMachine } from '../../src-main/platform/terminals/terminal-world.ts';
import { keptThings, type KeptThings } from '../memory/kept-things.ts';
import { ShiftedClock } from '../processes/shifted-clock.ts';
import { testCipher } from '../samples/test-cipher.ts';
import { startLastingBroker } from './lasting-broker.ts';

/** What its parent tells it, and gets an answer to each time. `start` is first, and answered once programs can ask. */
export type Told =
  | { readonly tell: 'start'; readonly folder: string; readonly socket: string; readonly key: string; readonly endpoint: string }
  /** The computer wakes up that much later, in milliseconds from its real time. */
  | { readonly tell: 'clock'; readonly aheadMs: number }
  /** The user opens what the panel has, and closes it. */
  | { readonly tell: 'look' }
  | { readonly tell: 'count' }
  | { readonly tell: 'code'; readonly code: string };

export type Answered = { readonly answer: 'done' } | { readonly answer: 'counted'; readonly kept: KeptThings } | { readonly answer: 'code-wanted' };

/** How long what has ended may take to let go of its files and sockets, in milliseconds. */
const settlingMs = 200;

const clock = new ShiftedClock();
const say = (answered: Answered): void => void process.send?.(answered);

process.once('message', (told: Told) => {
  if (told.tell === 'start') void live(told);
});

/** An app without windows, at its local API, whose clock a test sets. Bugs end it. */
async function live({ folder, socket, key, endpoint }: Extract<Told, { tell: 'start' }>): Promise<void> {
  const machine = thisMachine(new AbortController().signal);
  const runs = join(folder, 'data', 'terminals', 'runs');
  const onBug = (bug: unknown): never => {
    throw bug;
  };
  const code = async (): Promise<string> => {
    say({ answer: 'code-wanted' });
    for (;;) {
      const [told] = (await once(process, 'message')) as [Told];
      if (told.tell === 'code') return told.code;
    }
  };
  const broker = await startLastingBroker({
    folder,
    cipher: testCipher(Buffer.from(key, 'hex')),
    endpoint,
    code,
    onBug,
    world: {
      callingProgram,
      connectedProcesses: (inode) => connectedProcesses(inode),
      descendsFrom: (pid, ancestor) => descendsFrom(pid, ancestor),
      executableOf,
      watchRun: (onEnd) => watchRun(runs, machine, onEnd),
      watchTerminal: (known, onEnd) => watchTerminal(runs, known, machine, onEnd),
    },
  });
  const { store, held, limited, projects } = broker;
  const now = () => Date.now();
  const clocks = [
    new SessionClock({ store, held, limited, now, onWarning: () => {}, onSignInWarning: () => {}, onTick: () => {} }),
    new ReminderClock({ store, now, reminded: (project) => projects.recordReminder(project), onReminder: async () => true }),
  ];
  const opened = await openLocalApi({
    address: { kind: 'socket', path: socket },
    handlers: mergeHandlers(broker.apiHandlers, {
      panel: async () => succeeded({}),
      report: async () => succeeded({ text: '' }),
      exec: async () => failed(appError('exec-own-process')),
    }),
    sentences: (error) => errorSentences(shippedTexts.en, error),
    onBug,
  });
  if (!opened.ok) throw new Error(opened.error.code);

  process.on('message', (told: Told) => {
    switch (told.tell) {
      case 'clock':
        clock.goTo(told.aheadMs);
        for (const each of clocks) each.tick();
        return say({ answer: 'done' });
      case 'look':
        return void look(broker).then(() => say({ answer: 'done' }));
      case 'count':
        return void delay(settlingMs).then(() => say({ answer: 'counted', kept: keptThings() }));
      default:
    }
  });
  say({ answer: 'done' });
}

async function look({ commands, loadConfig }: Awaited<ReturnType<typeof startLastingBroker>>): Promise<void> {
  await commands.showHistory();
  commands.closeSheet();
  await commands.showAccessKeys({ profile: 'default' });
  commands.closeSheet();
  await commands.previewRevocation({ profile: 'default' });
  commands.closeSheet();
  await loadConfig();
}
