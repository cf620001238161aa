import type { Result } from '../../contract/app-error.ts';
import { accessKeyDate } from '../../aws/requests/late.ts';
import type { AwsCalls } from '../../aws/requests/calls.ts';
import type { AccessKey } from '../../core/credentials.ts';
import type { HeldSessions } from '../sessions/held-sessions.ts';
import type { SettingsManager } from '../state/settings-manager.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';

type Parts = {
  readonly store: Pick<UiStateStore, 'content'>;
  readonly settings: Pick<SettingsManager, 'rememberAccessKeyDate'>;
  readonly held: Pick<HeldSessions, 'find'>;
  readonly keyOf: (profile: string) => Promise<Result<AccessKey>>;
  readonly aws: Pick<AwsCalls, 'optionsOf'>;
};

/** How old access keys are, as the settings remember it. */
export class AccessKeyAges {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Asks AWS for the age of the key that a session was just made from, once for each key. Ignores a refusal: the age is optional. */
  async refresh(name: string): Promise<void> {
    const { held, keyOf, settings, store, aws } = this.#parts;
    const [session, key] = [held.find(name), await keyOf(name)];
    if (session === null || session.profile.accessKey === null || !key.ok) return;
    const { accessKeyId } = key.value;
    const { accessKeyDates } = store.content.settings;
    if (Object.hasOwn(accessKeyDates, name) && accessKeyDates[name]?.accessKeyId === accessKeyId) return;
    const createdAt = await accessKeyDate(aws.optionsOf(session.profile, session.credentials), session.session.identity.userName, accessKeyId);
    settings.rememberAccessKeyDate(name, createdAt === null ? null : { accessKeyId, createdAt });
  }
}
