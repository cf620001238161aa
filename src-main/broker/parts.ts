import type { AwsFiles } from '../aws/files/environment.ts';
import type { AccessKeyAges } from './access-keys/access-key-ages.ts';
import type { KeyRotations } from './access-keys/key-rotations.ts';
import type { AccessKeySheet } from './access-keys/access-key-sheet.ts';
import type { Activities } from './activity/activities.ts';
import type { ConsoleSignIns } from './hand-offs/console-sign-ins.ts';
import type { GuardedPath } from './hand-offs/guarded-path.ts';
import type { HandOffs } from './hand-offs/hand-offs.ts';
import type { HistorySheet } from './ledger/history-sheet.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { ProfileChanges } from './profiles/profile-changes.ts';
import type { ProfileInstaller } from './profiles/profile-installer.ts';
import type { AccountGuard } from './projects/account-guard.ts';
import type { Projects } from './projects/projects.ts';
import type { AccountQuestions } from './relay/account-questions.ts';
import type { RevocationSheet } from './revocation/revocation-sheet.ts';
import type { Revocations } from './revocation/revocations.ts';
import type { HeldSessions } from './sessions/held-sessions.ts';
import type { SessionManager } from './sessions/session-manager.ts';
import type { SettingsManager } from './state/settings-manager.ts';
import type { Sheets } from './state/sheets.ts';
import type { UiStateStore } from './state/ui-state-store.ts';

/** What the features of the broker are made of: their commands and API handlers are made from these. */
export type BrokerParts = {
  readonly store: UiStateStore;
  /** The AWS files that are in use now. */
  readonly files: AwsFiles;
  readonly settings: SettingsManager;
  readonly sheets: Sheets;
  readonly ledger: Ledger;
  readonly history: HistorySheet;
  readonly held: HeldSessions;
  readonly sessions: SessionManager;
  readonly installer: ProfileInstaller;
  readonly profileChanges: ProfileChanges;
  readonly guardedPath: GuardedPath;
  readonly handOffs: HandOffs;
  readonly consoles: ConsoleSignIns;
  readonly guard: AccountGuard;
  readonly projects: Projects;
  readonly activities: Activities;
  readonly questions: AccountQuestions;
  readonly revocations: Revocations;
  readonly revocation: RevocationSheet;
  readonly keyAges: AccessKeyAges;
  readonly keyRotations: KeyRotations;
  readonly accessKeys: AccessKeySheet;
};
