import { createHash } from 'node:crypto';
import type { Result } from '../../contract/app-error.ts';
import type { CommandPurpose, CommandQuestion } from '../../contract/question.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { commandLineOf, programOf, type CommandWords } from '../../core/user-commands/command-words.ts';
import type { OpenQuestions } from '../questions/open-questions.ts';
import { SharedQuestions } from '../questions/shared-questions.ts';
import type { SettingsManager } from '../state/settings-manager.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';

/** A command that a profile of the AWS files names, and what it would be run for. */
export type FoundCommand = {
  readonly purpose: CommandPurpose;
  readonly words: CommandWords;
  /** The profile that says so, and the file that it stands in. */
  readonly profile: string;
  readonly file: string;
};

/** How long a person has to read a command, in milliseconds. */
const answerMs = 2 * 60_000;

type Parts = {
  readonly store: Pick<UiStateStore, 'content'>;
  readonly settings: Pick<SettingsManager, 'keepConfirmedCommand'>;
  readonly questions: Pick<OpenQuestions, 'ask'>;
  readonly now: () => number;
};

/**
 * Has a person confirm a command of an AWS file before it is run for the first time: a configuration file may be written
 * by whoever writes a project's set-up, and is no authorisation. What is kept of a confirmed one is a
 * hash of its words, so that a changed one is asked for again. Callers share a question.
 */
export class ConfirmedCommands {
  readonly #parts: Parts;
  readonly #questions: SharedQuestions<Omit<CommandQuestion, 'questionId'>, 'run' | 'refuse'>;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#questions = new SharedQuestions((question, signal) => parts.questions.ask(question, signal));
  }

  isConfirmed({ purpose, words }: Pick<FoundCommand, 'purpose' | 'words'>): boolean {
    return this.#parts.store.content.settings.confirmedCommands[purpose].includes(commandHash(words));
  }

  /**
   * Waits at most `waitMs` milliseconds for the person, by default two minutes. Fails with `user-command-refused` `{program, profile}`, or
   * `user-command-unanswered` `{program, profile, seconds}`, also when `signal` aborts.
   */
  async confirm(command: FoundCommand, { waitMs = answerMs, signal }: { readonly waitMs?: number; readonly signal: AbortSignal }): Promise<Result<null>> {
    if (this.isConfirmed(command)) return succeeded(null);
    const { purpose, words, profile, file } = command;
    const hash = commandHash(words);
    const question = { kind: 'command', purpose, line: commandLineOf(words), profile, file, answerBy: this.#parts.now() + waitMs } as const;
    const answer = await this.#questions.put(`${purpose} ${hash}`, question, waitMs, signal);
    const program = programOf(words);
    if (answer === null) return failed(appError('user-command-unanswered', { program, profile, seconds: Math.round(waitMs / 1000) }));
    if (answer === 'refuse') return failed(appError('user-command-refused', { program, profile }));
    this.#parts.settings.keepConfirmedCommand(purpose, hash);
    return succeeded(null);
  }

  dispose(): void {
    this.#questions.dispose();
  }
}

function commandHash(words: CommandWords): string {
  return createHash('sha256').update(JSON.stringify(words)).digest('hex');
}
