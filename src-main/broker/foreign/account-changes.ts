import type { Result } from '../../contract/app-error.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import type { OpenQuestions } from '../questions/open-questions.ts';
import { SharedQuestions } from '../questions/shared-questions.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';

/** How long the question waits for the user, in milliseconds. */
const waitMs = 2 * 60_000;

/** How long a refusal holds for programs, which ask again and again, in milliseconds. */
const quietMs = 30_000;

type Refusal = { readonly accountId: string; readonly at: number };

type Parts = {
  readonly store: Pick<UiStateStore, 'content'>;
  readonly questions: Pick<OpenQuestions, 'ask'>;
  readonly now: () => number;
};

/** Asks the user where a foreign source begins to give credentials of another account than before: its word is not the user's. */
export class AccountChanges {
  readonly #parts: Parts;
  readonly #questions: SharedQuestions<{ readonly profile: string; readonly before: string; readonly accountId: string }, 'confirm' | 'refuse'>;
  readonly #refusals = new Map<string, Refusal>();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#questions = new SharedQuestions(({ profile, before, accountId }, signal) => {
      const action = { verb: 'other-account', before } as const;
      return parts.questions.ask({ kind: 'action', profile, action, accountIds: [accountId], asker: null, answerBy: parts.now() + waitMs }, signal);
    });
  }

  /**
   * A profile that was never used may lead anywhere. Fails with `foreign-account-refused` or `foreign-account-unanswered`,
   * `{profile, account, before}`.
   */
  async allow(profile: string, accountId: string, { byUser, signal }: { readonly byUser: boolean; readonly signal: AbortSignal }): Promise<Result<null>> {
    const before = this.#parts.store.content.settings.profileAccounts[profile];
    if (before === undefined || before === accountId) return succeeded(null);
    const params = { profile, account: accountId, before };
    if (!byUser && this.#isRefused(profile, accountId)) return failed(appError('foreign-account-refused', params));
    const answer = await this.#questions.put(`${profile} ${accountId}`, { profile, before, accountId }, waitMs, signal);
    if (answer === 'confirm') {
      this.#refusals.delete(profile);
      return succeeded(null);
    }
    if (answer === null) return failed(appError('foreign-account-unanswered', params));
    this.#refusals.set(profile, { accountId, at: this.#parts.now() });
    return failed(appError('foreign-account-refused', params));
  }

  dispose(): void {
    this.#questions.dispose();
  }

  #isRefused(profile: string, accountId: string): boolean {
    const refusal = this.#refusals.get(profile);
    return refusal !== undefined && refusal.accountId === accountId && this.#parts.now() - refusal.at < quietMs;
  }
}
