import { join } from 'node:path';
import { createBroker, type Broker } from '../../src-main/broker/broker.ts';
import type { Cipher } from '../../src-main/core/cipher.ts';
import { appError, failed, succeeded } from '../../src-main/core/errors.ts';
import type { BrokerWorld } from '../../src-main/broker/world.ts';
import { openBrowserReturn } from '../../src-main/platform/programs/browser-return.ts';
import { SettingsFile } from '../../src-main/platform/desktop/settings.ts';
import { shippedTexts } from '../texts/shipped-texts.ts';

type Parts = {
  /** With the AWS files `config` and `credentials`, and the app's own folder `data`. */
  readonly folder: string;
  readonly cipher: Cipher;
  /** The address of an AWS. */
  readonly endpoint: string;
  /** The code that the device shows; the app's prompts are answered with it. */
  readonly code: () => Promise<string>;
  readonly onBug: (error: unknown) => void;
  /** What is there of the world around it; by default nothing of other programs. */
  readonly world?: Partial<BrokerWorld>;
};

/**
 * The broker as a start of the app makes it, with all that it keeps on the disk: settings, ledger, vaults and the AWS
 * files. A person answers its prompts and questions at once.
 */
export async function startLastingBroker({ folder, cipher, endpoint, code, onBug, world = {} }: Parts): Promise<Broker> {
  const settings = new SettingsFile(join(folder, 'data'));
  const broker = createBroker({
    awsFiles: () => ({ config: join(folder, 'config'), credentials: join(folder, 'credentials') }),
    dataFolder: join(folder, 'data'),
    home: folder,
    platform: 'linux',
    unofficialRuntime: null,
    versions: { app: '0.1.0', electron: '45.4.1' },
    env: { AWS_ENDPOINT_URL: endpoint },
    settings,
    systemLanguages: [],
    texts: shippedTexts,
    cipher,
    commandLine: ['/opt/sts-tray/bin/sts-tray'],
    targets: {
      copySecret: async () => {},
      openTerminal: async () => failed(appError('terminal-none')),
      openSignIn: async () => succeeded(null),
    },
    callingProgram: async () => null,
    connectedProcesses: async () => [],
    descendsFrom: async () => false,
    executableOf: async () => null,
    readProject: () => Promise.reject(new Error('not used here')),
    runCommand: async () => ({ kind: 'not-found' }),
    watchRun: async () => null,
    watchTerminal: async () => null,
    onBug,
    promptWindow: { raise: () => {}, onScreen: async () => {} },
    raiseQuestion: () => {},
    raiseSignIn: () => {},
    openBrowserReturn: (language) => openBrowserReturn(() => ({ language, title: '', body: '' })),
    now: () => Date.now(),
    ...world,
  });
  const answered = new Set<string>();
  broker.store.subscribe(({ prompt, question }) => {
    if (question?.kind === 'action') broker.commands.answerQuestion({ questionId: question.questionId, permission: 'confirm' });
    if (prompt?.step.kind !== 'enter-code' || answered.has(prompt.promptId)) return;
    answered.add(prompt.promptId);
    void code().then((shown) => broker.sessions.submitMfa({ promptId: prompt.promptId, code: shown }));
  });
  await broker.loadConfig();
  await broker.held.restore();
  return broker;
}
