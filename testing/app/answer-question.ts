import { poll } from '../processes/deadline.ts';
import type { Ran } from '../processes/run-program.ts';
import type { RunningApp } from './running-app.ts';
import { runStsTray, type CommandRig } from './sts-tray.ts';

/** How long the question may take to come, in milliseconds: a run of Terraform may be before it. */
const patienceMs = 170_000;

/** Presses a button of the question that a program or a run raises, until its window has closed; `typed` goes into its field before. */
export async function answerQuestion(app: RunningApp, button: string, { typed }: { readonly typed?: string } = {}): Promise<void> {
  await poll(patienceMs, 'Nothing was asked', async () => app.openViews().includes('question') || undefined);
  const question = await app.window('question');
  if (typed !== undefined) await question.getByRole('textbox').fill(typed);
  // The window takes no click in its first half second.
  while (!question.isClosed()) {
    await question
      .getByRole('button', { name: button })
      .click({ timeout: 1_000 })
      .catch(() => undefined);
  }
}

/** Runs a command that is confirmed in the app's window, by this button. */
export async function runConfirmed(rig: CommandRig, app: RunningApp, args: readonly string[], button: string): Promise<Ran> {
  const [ran] = await Promise.all([runStsTray(rig, args), answerQuestion(app, button)]);
  return ran;
}
