import { release } from 'node:os';
import { isLogLine } from '../../core/log/log-line.ts';
import { machineFacts, reportLines, type ReportFacts } from '../../core/report/report-facts.ts';
import { reportText } from '../../core/report/report-text.ts';
import { readLogExcerpt } from '../../files/log-excerpt.ts';
import { osRelease, thisPerson } from '../../files/this-computer.ts';
import { exitCodes, type CliWorld } from '../process/cli-world.ts';
import { notRunning } from '../process/connect.ts';
import type { Call } from './support/call.ts';

/** Prints what the app shows as *Report a problem*; without the app, or where it does not answer, what can be known from outside. */
export async function report({ invocation, world, texts, userDataDir, askRunning }: Call): Promise<number> {
  const showAccounts = invocation.options['show-accounts'] !== undefined;
  const answer = await askRunning('report', { showAccounts });
  if (answer !== notRunning && answer.ok) {
    world.print(answer.value.text);
    return exitCodes.done;
  }
  // An app that is no help is what a report may be about.
  world.printError(`sts-tray: ${answer === notRunning ? texts.t('not-running') : (texts.sentences(answer.error) ?? answer.error.code)}\n`);
  world.print(reportText(await factsFrom(world, userDataDir ?? world.dataFolder), { masksAccounts: !showAccounts }));
  return exitCodes.done;
}

async function factsFrom({ version, env, homedir }: CliWorld, dataFolder: string): Promise<ReportFacts> {
  return {
    at: Date.now(),
    machine: machineFacts({ ...process, app: version, release: release(), osRelease: await osRelease(), env }),
    person: { ...thisPerson(), home: homedir },
    app: null,
    log: await readLogExcerpt(dataFolder, reportLines, isLogLine),
  };
}
