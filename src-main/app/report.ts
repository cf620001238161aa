import { writeFile } from 'node:fs/promises';
import { release } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import type { Broker } from '../broker/broker.ts';
import type { ApiHandlers } from '../broker/local-api/server.ts';
import { ReportSheet } from '../broker/report/report-sheet.ts';
import type { CommandHandlers } from '../contract/ipc.ts';
import { appError, succeeded } from '../core/errors.ts';
import { isLogLine } from '../core/log/log-line.ts';
import { machineFacts, reportLines, type ReportFacts } from '../core/report/report-facts.ts';
import { systemErrorReason } from '../core/system-error.ts';
import { askWhereToSave } from '../platform/desktop/file-dialog.ts';
import { osRelease, thisPerson } from '../files/this-computer.ts';
import { readLog } from '../platform/desktop/log.ts';
import type { AppLocalApi } from './local-api.ts';

type Parts = {
  readonly broker: Pick<Broker, 'store' | 'sheets' | 'relayRuns'>;
  readonly localApi: Pick<AppLocalApi, 'isOpen'>;
  readonly openPanel: () => void;
  readonly env: NodeJS.ProcessEnv;
  readonly now: () => number;
};

/** *Report a problem*: what the app knows, for its user to read. Nothing of it is sent anywhere. */
export function problemReport({ broker: { store, sheets, relayRuns }, localApi, openPanel, env, now }: Parts) {
  const startedAt = now();
  const gather = async (): Promise<ReportFacts> => ({
    at: now(),
    machine: machineFacts({ ...process, app: app.getVersion(), release: release(), osRelease: await osRelease(), env }),
    person: thisPerson(),
    app: { state: store.state, localApi: localApi.isOpen ? 'open' : 'closed', relayRuns: relayRuns.openCount, runsForMs: now() - startedAt },
    log: await readLog(app.getPath('userData'), reportLines, isLogLine),
  });
  const sheet = new ReportSheet(sheets, gather);
  return {
    commands: {
      showReport: async () => {
        openPanel();
        await sheet.show();
      },
      maskReport: (request) => sheet.mask(request),
      saveReport: async () => {
        const { text } = sheet;
        const file = text === null ? null : await askWhereToSave(join(app.getPath('documents'), 'sts-tray-report.txt'));
        if (text === null || file === null) return;
        try {
          await writeFile(file, text, { mode: 0o600 });
          store.notify({ kind: 'report-saved', profile: null, file });
        } catch (error) {
          store.notify({ kind: 'failed', profile: null, error: appError('report-unwritable', { file, reason: systemErrorReason(error) }) });
        }
      },
    } satisfies Partial<CommandHandlers>,
    apiHandlers: {
      report: async ({ showAccounts = false }) => {
        const { reportText } = await import('../core/report/report-text.ts');
        return succeeded({ text: reportText(await gather(), { masksAccounts: !showAccounts }) });
      },
    } satisfies Partial<ApiHandlers>,
  };
}
