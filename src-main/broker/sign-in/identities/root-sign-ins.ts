import type { AppError, Result } from '../../../contract/app-error.ts';
import type { Asker } from '../../../contract/question.ts';
import { isRootArn } from '../../../core/aws-names/arn.ts';
import { appError, failed, succeeded } from '../../../core/errors.ts';
import type { SignInPlace } from '../../../core/sign-in/sign-in-places.ts';
import { LastingRefusals } from '../../questions/lasting-refusals.ts';
import type { OpenQuestions } from '../../questions/open-questions.ts';
import type { HeldSignIns } from '../held-sign-ins.ts';

type Parts = {
  readonly held: Pick<HeldSignIns, 'keptOf'>;
  readonly questions: Pick<OpenQuestions, 'ask'>;
  readonly now: () => number;
};

/** Who wants the credentials. `asker` is looked up only for the question; null where nobody is known. */
type Caller = { readonly profile: string; readonly byUser: boolean; readonly asker: () => Promise<Asker | null>; readonly signal: AbortSignal };

type Asked = { readonly place: SignInPlace; readonly accountId: string; readonly unanswered: AppError };

type Root = { readonly profile: string; readonly accountId: string; readonly asker: Asker | null };

/**
 * Asks a person before anybody gets credentials of root: nothing of an account is closed to it, and no policy says which
 * program may have it. The answer holds for this sign-in, is kept nowhere, and is gone with it.
 */
export class RootSignIns {
  readonly #parts: Parts;
  readonly #questions: LastingRefusals<Root>;
  /** When the sign-in began that was confirmed, by its place: the next one at the same place is another. */
  readonly #confirmed = new Map<string, number>();
  /** Why those have nothing yet who wait for an answer. */
  readonly #asking = new Map<string, { readonly unanswered: AppError; waiting: number }>();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#questions = new LastingRefusals(({ profile, accountId, asker }, answerBy, signal) => {
      const action = { verb: 'root-sign-in' } as const;
      return parts.questions.ask({ kind: 'action', profile, action, accountIds: [accountId], asker, answerBy }, signal);
    }, parts.now);
  }

  /** What a caller is told whose time is over while the question waits for a person; null where there is none. */
  unanswered({ signInId }: SignInPlace): AppError | null {
    return this.#asking.get(signInId)?.unanswered ?? null;
  }

  /**
   * Whether the credentials of whom AWS names may be handed out. Fails with `login-root-refused` or
   * `login-root-unanswered`, `{name, account}`; with `sign-in-none` `{name}` where the sign-in ended meanwhile.
   */
  async allow(place: SignInPlace, of: { readonly arn: string; readonly accountId: string }, caller: Caller): Promise<Result<null>> {
    if (!isRootArn(of.arn)) return succeeded(null);
    const { signInId, name } = place;
    const since = this.#since(place);
    if (since === null) return failed(appError('sign-in-none', { name }));
    if (this.#confirmed.get(signInId) === since) return succeeded(null);
    const unanswered = appError('login-root-unanswered', { name, account: of.accountId });
    const answer = await this.#answer(`${signInId} ${since}`, { place, accountId: of.accountId, unanswered }, caller);
    if (answer === null) return failed(unanswered);
    if (answer === 'refuse') return failed(appError('login-root-refused', { name, account: of.accountId }));
    if (this.#since(place) !== since) return failed(appError('sign-in-none', { name }));
    this.#confirmed.set(signInId, since);
    return succeeded(null);
  }

  dispose(): void {
    this.#questions.dispose();
  }

  #since({ signInId }: SignInPlace): number | null {
    return this.#parts.held.keptOf(signInId)?.signedInAt ?? null;
  }

  async #answer(key: string, { place: { signInId }, accountId, unanswered }: Asked, { profile, asker, ...caller }: Caller) {
    const asking = this.#asking.get(signInId) ?? { unanswered, waiting: 0 };
    this.#asking.set(signInId, asking);
    asking.waiting += 1;
    try {
      return await this.#questions.put(key, { profile, accountId, asker: await asker() }, caller);
    } finally {
      asking.waiting -= 1;
      if (asking.waiting === 0) this.#asking.delete(signInId);
    }
  }
}
