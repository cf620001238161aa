import type { Result } from '../../../contract/app-error.ts';
import { isRootArn } from '../../../core/aws-names/arn.ts';
import { appError, succeeded } from '../../../core/errors.ts';
import type { SignInPlace } from '../../../core/sign-in/sign-in-places.ts';
import type { Caller, Given, IdentityQuestions } from './identity-questions.ts';

/**
 * Asks a person before anybody gets credentials of root: nothing of an account is closed to it, and no policy says which
 * program may have it. The answer holds for this sign-in, is kept nowhere, and is gone with it.
 */
export class RootSignIns {
  readonly #questions: Pick<IdentityQuestions, 'since' | 'put'>;
  /** When the sign-in began that was confirmed, by its place. */
  readonly #confirmed = new Map<string, number>();

  constructor(questions: Pick<IdentityQuestions, 'since' | 'put'>) {
    this.#questions = questions;
  }

  /**
   * Whether the credentials of whom AWS names may be handed out. Fails with `login-root-refused` or
   * `login-root-unanswered`, `{name, account}`; with `sign-in-none` `{name}` where the sign-in ended meanwhile.
   */
  async allow(place: SignInPlace, given: Given, caller: Caller): Promise<Result<null>> {
    if (!isRootArn(given.arn)) return succeeded(null);
    const since = this.#questions.since(place);
    if (since !== null && this.#confirmed.get(place.signInId) === since) return succeeded(null);
    const params = { name: place.name, account: given.accountId };
    const asked = {
      who: 'root',
      action: { verb: 'root-sign-in' },
      unanswered: appError('login-root-unanswered', params),
      refused: appError('login-root-refused', params),
    } as const;
    const confirmed = await this.#questions.put(place, given, asked, caller);
    if (confirmed.ok && since !== null) this.#confirmed.set(place.signInId, since);
    return confirmed;
  }
}
