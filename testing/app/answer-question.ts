import type { RunningApp } from './running-app.ts';

/** Presses a button of the question that a run's account raises, until its window has closed; `typed` goes into its field before. */
export async function answerQuestion(app: RunningApp, button: string, { typed }: { readonly typed?: string } = {}): Promise<void> {
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
