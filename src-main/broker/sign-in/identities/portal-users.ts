import type { Result } from '../../../contract/app-error.ts';
import { appError, succeeded } from '../../../core/errors.ts';
import { portalUserOf } from '../../../core/sign-in/identity-change.ts';
import type { IdentityCenterPlace } from '../../../core/sign-in/sign-in-places.ts';
import type { SettingsManager } from '../../state/settings-manager.ts';
import type { UiStateStore } from '../../state/ui-state-store.ts';
import type { Caller, Given, IdentityQuestions } from './identity-questions.ts';

type Parts = {
  readonly store: Pick<UiStateStore, 'content'>;
  readonly settings: Pick<SettingsManager, 'rememberPortalUser'>;
};

/**
 * Asks a person where an access portal begins to give credentials of another user than before. The portal does not say
 * who signed in: a browser that still had somebody else's session there answers in that one's name. AWS says it by the
 * ARN of the first credentials.
 */
export class PortalUsers {
  readonly #parts: Parts;
  readonly #questions: Pick<IdentityQuestions, 'put'>;

  constructor(parts: Parts, questions: Pick<IdentityQuestions, 'put'>) {
    this.#parts = parts;
    this.#questions = questions;
  }

  /**
   * Whether what the portal gave may be handed out. The first user of a portal may be anybody. Fails with
   * `portal-user-refused` or `portal-user-unanswered`, `{name, user, before}`; with `sign-in-none` `{name}` where the
   * sign-in ended meanwhile.
   */
  async allow(place: IdentityCenterPlace, given: Given, caller: Caller): Promise<Result<null>> {
    const { store, settings } = this.#parts;
    const { signInId, name } = place;
    const { portalUsers } = store.content.settings;
    const user = portalUserOf(given.arn);
    const before = Object.hasOwn(portalUsers, signInId) ? portalUsers[signInId] : undefined;
    if (user === null || user === before) return succeeded(null);
    if (before !== undefined) {
      const params = { name, user, before };
      const asked = {
        who: user,
        action: { verb: 'other-user', portal: name, before, user },
        unanswered: appError('portal-user-unanswered', params),
        refused: appError('portal-user-refused', params),
      } as const;
      const confirmed = await this.#questions.put(place, given, asked, caller);
      if (!confirmed.ok) return confirmed;
    }
    settings.rememberPortalUser(signInId, user);
    return succeeded(null);
  }
}
