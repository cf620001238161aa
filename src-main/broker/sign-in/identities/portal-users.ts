import type { AppError, Result } from '../../../contract/app-error.ts';
import type { Asker } from '../../../contract/question.ts';
import { appError, failed, succeeded } from '../../../core/errors.ts';
import { portalUserOf } from '../../../core/sign-in/identity-change.ts';
import type { IdentityCenterPlace } from '../../../core/sign-in/sign-in-places.ts';
import { LastingRefusals } from '../../questions/lasting-refusals.ts';
import type { OpenQuestions } from '../../questions/open-questions.ts';
import type { SettingsManager } from '../../state/settings-manager.ts';
import type { UiStateStore } from '../../state/ui-state-store.ts';

type Parts = {
  readonly store: Pick<UiStateStore, 'content'>;
  readonly settings: Pick<SettingsManager, 'rememberPortalUser'>;
  readonly questions: Pick<OpenQuestions, 'ask'>;
  readonly now: () => number;
};

/** What a portal gave first since somebody signed in there, and for whom. */
type Given = { readonly profile: string; readonly accountId: string; readonly arn: string };

type Change = Omit<Given, 'arn'> & { readonly portal: string; readonly before: string; readonly user: string; readonly asker: Asker | null };

/** Who wants them. `asker` is looked up only for the question; null where nobody is known. */
type Caller = { readonly byUser: boolean; readonly asker: () => Promise<Asker | null>; readonly signal: AbortSignal };

/**
 * Asks a person where an access portal begins to give credentials of another user than before. The portal does not say
 * who signed in: a browser that still had somebody else's session there answers in that one's name. AWS says it by the
 * ARN of the first credentials.
 */
export class PortalUsers {
  readonly #parts: Parts;
  readonly #questions: LastingRefusals<Change>;
  /** Why those have nothing yet who wait for an answer, by the ID of the sign-in. */
  readonly #asking = new Map<string, AppError>();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#questions = new LastingRefusals(({ profile, accountId, portal, before, user, asker }, answerBy, signal) => {
      const action = { verb: 'other-user', portal, before, user } as const;
      return parts.questions.ask({ kind: 'action', profile, action, accountIds: [accountId], asker, answerBy }, signal);
    }, parts.now);
  }

  /** What a caller is told whose time is over while the question waits for a person; null where there is none. */
  unanswered({ signInId }: Pick<IdentityCenterPlace, 'signInId'>): AppError | null {
    return this.#asking.get(signInId) ?? null;
  }

  /**
   * Whether what the portal gave may be handed out. The first user of a portal may be anybody. Fails with
   * `portal-user-refused` or `portal-user-unanswered`, `{name, user, before}`.
   */
  async allow({ signInId, name }: IdentityCenterPlace, given: Given, { asker, ...caller }: Caller): Promise<Result<null>> {
    const { store, settings } = this.#parts;
    const user = portalUserOf(given.arn);
    if (user === null) return succeeded(null);
    const { portalUsers } = store.content.settings;
    const before = (Object.hasOwn(portalUsers, signInId) ? portalUsers[signInId] : undefined) ?? user;
    if (before !== user) {
      const { profile, accountId } = given;
      const unanswered = appError('portal-user-unanswered', { name, user, before });
      this.#asking.set(signInId, unanswered);
      const change = { profile, accountId, portal: name, before, user, asker: await asker() };
      const answer = await this.#questions.put(`${signInId} ${user}`, change, caller);
      this.#asking.delete(signInId);
      if (answer !== 'confirm') return failed(answer === null ? unanswered : appError('portal-user-refused', unanswered.params));
    }
    settings.rememberPortalUser(signInId, user);
    return succeeded(null);
  }

  dispose(): void {
    this.#questions.dispose();
  }
}
