import type { AppError, Result } from '../../../contract/app-error.ts';
import { succeeded } from '../../../core/errors.ts';
import type { ForeignSource } from '../../../core/profiles/foreign-source.ts';
import type { SignInPlace } from '../../../core/sign-in/sign-in-places.ts';
import type { Requester } from '../../prompts/waiting-programs.ts';
import { type Given, IdentityQuestions } from './identity-questions.ts';
import { PortalUsers } from './portal-users.ts';
import { RootSignIns } from './root-sign-ins.ts';

type Parts = ConstructorParameters<typeof PortalUsers>[0] & ConstructorParameters<typeof IdentityQuestions>[0];

/** Asks a person about who signed in in the browser, which is known only once there are credentials. */
export class SignedInIdentities {
  readonly #questions: IdentityQuestions;
  readonly #roots: RootSignIns;
  readonly #portalUsers: PortalUsers;

  constructor(parts: Parts) {
    this.#questions = new IdentityQuestions(parts);
    this.#roots = new RootSignIns(this.#questions);
    this.#portalUsers = new PortalUsers(parts, this.#questions);
  }

  /** Whether credentials of a source may be handed out. Fails as `RootSignIns` and `PortalUsers` do. */
  async allow(source: ForeignSource, given: Given, requester: Requester, signal: AbortSignal): Promise<Result<null>> {
    const asker = async () => (requester.by === 'user' ? null : requester.program());
    const caller = { byUser: requester.by === 'user', asker, signal };
    switch (source.kind) {
      case 'aws-login':
        return this.#roots.allow(source.place, given, caller);
      case 'identity-center':
        return this.#portalUsers.allow(source.place, given, caller);
      default:
        return succeeded(null);
    }
  }

  /** What a caller is told whose time is over while a question waits for a person; null where there is none. */
  unanswered(place: SignInPlace): AppError | null {
    return this.#questions.unanswered(place);
  }

  dispose(): void {
    this.#questions.dispose();
  }
}
