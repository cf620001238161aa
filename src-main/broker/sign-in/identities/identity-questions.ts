import type { AppError, Result } from '../../../contract/app-error.ts';
import type { AskedAction, Asker } from '../../../contract/question.ts';
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

/** Whose credentials came, as AWS says it, and for which profile. */
export type Given = { readonly profile: string; readonly accountId: string; readonly arn: string };

/** Who wants them. `asker` is looked up only for the question; null where nobody is known. */
export type Caller = { readonly byUser: boolean; readonly asker: () => Promise<Asker | null>; readonly signal: AbortSignal };

type Asked = {
  readonly action: AskedAction;
  /** Whom it is about: callers for the same one share the question. */
  readonly who: string;
  /** What a caller gets who has no answer in time, and where the answer is no. */
  readonly unanswered: AppError;
  readonly refused: AppError;
};

type Put = Omit<Given, 'arn'> & Pick<Asked, 'action'> & { readonly asker: Asker | null };

/** Questions about who signed in in the browser. An answer counts for the sign-in that it was asked of, and for no other. */
export class IdentityQuestions {
  readonly #held: Parts['held'];
  readonly #questions: LastingRefusals<Put>;
  /** Why those have nothing yet who wait for an answer, by the ID of the sign-in. */
  readonly #asking = new Map<string, { readonly unanswered: AppError; waiting: number }>();

  constructor({ held, questions, now }: Parts) {
    this.#held = held;
    this.#questions = new LastingRefusals(
      ({ accountId, ...question }, answerBy, signal) => questions.ask({ kind: 'action', ...question, accountIds: [accountId], answerBy }, signal),
      now,
    );
  }

  /** When the sign-in began that a place has now, in epoch milliseconds: the next one there is another. Null for none. */
  since({ signInId }: SignInPlace): number | null {
    return this.#held.keptOf(signInId)?.signedInAt ?? null;
  }

  /** What a caller is told whose time is over while a question waits for a person; null where there is none. */
  unanswered({ signInId }: SignInPlace): AppError | null {
    return this.#asking.get(signInId)?.unanswered ?? null;
  }

  /** Fails with `unanswered` or `refused`, and with `sign-in-none` `{name}` where the sign-in ended meanwhile. */
  async put(
    place: SignInPlace,
    { profile, accountId }: Given,
    { who, action, unanswered, refused }: Asked,
    { asker, ...caller }: Caller,
  ): Promise<Result<null>> {
    const { signInId, name } = place;
    const since = this.since(place);
    const over = failed(appError('sign-in-none', { name }));
    if (since === null) return over;
    const asking = this.#asking.get(signInId) ?? { unanswered, waiting: 0 };
    this.#asking.set(signInId, asking);
    asking.waiting += 1;
    try {
      const answer = await this.#questions.put(`${signInId} ${since} ${who}`, { profile, accountId, action, asker: await asker() }, caller);
      if (answer !== 'confirm') return failed(answer === null ? unanswered : refused);
      return this.since(place) === since ? succeeded(null) : over;
    } finally {
      asking.waiting -= 1;
      if (asking.waiting === 0) this.#asking.delete(signInId);
    }
  }

  dispose(): void {
    this.#questions.dispose();
  }
}
