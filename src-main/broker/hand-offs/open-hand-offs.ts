import { join } from 'node:path';
import type { AwsFiles } from '../../aws/files/environment.ts';
import type { AwsCalls } from '../../aws/requests/calls.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { OpenQuestions } from '../questions/open-questions.ts';
import type { ChosenSessions } from '../sessions/chosen-sessions.ts';
import type { HeldSessions } from '../sessions/held-sessions.ts';
import type { SessionManager } from '../sessions/session-manager.ts';
import type { SettingsManager } from '../state/settings-manager.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';
import type { TerminalRuns } from '../terminal-runs/terminal-runs.ts';
import { ConsoleSignIns } from './console-sign-ins.ts';
import { GuardedPath } from './guarded-path.ts';
import { HandOffs, type HandOffTargets } from './hand-offs.ts';
import { NewPrograms } from './new-programs.ts';
import { ProgramPermits } from './program-permits.ts';
import { RenewableConfiguration } from './renewable-configuration.ts';

type Parts = {
  readonly store: UiStateStore;
  readonly ledger: Ledger;
  readonly aws: AwsCalls;
  readonly files: AwsFiles;
  readonly held: HeldSessions;
  readonly sessions: SessionManager;
  readonly chosen: ChosenSessions;
  readonly terminalRuns: TerminalRuns;
  readonly settings: SettingsManager;
  readonly questions: OpenQuestions;
  /** How this app's command line is started. */
  readonly commandLine: readonly string[];
  readonly dataFolder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  readonly targets: HandOffTargets;
  readonly seen: () => string | null;
  readonly now: () => number;
};

/** Terminals and the programs in them, exports, the console. */
export function openHandOffs({ commandLine, dataFolder, env, platform, targets, ...shared }: Parts) {
  const folder = join(dataFolder, 'terminals');
  const renewable = new RenewableConfiguration({
    folder,
    files: shared.files,
    commandLine,
    names: () => shared.sessions.servedNames(),
    seen: shared.seen,
    env,
  });
  const guardedPath = new GuardedPath({ folder: join(folder, 'bin'), command: commandLine, platform });
  return {
    permits: new ProgramPermits(shared),
    newPrograms: new NewPrograms(shared),
    guardedPath,
    handOffs: new HandOffs({ ...shared, renewable, guardedPath, targets }),
    consoles: new ConsoleSignIns({ ...shared, openSignIn: targets.openSignIn }),
  };
}
