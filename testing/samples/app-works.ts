import type { Broker } from '../../src-main/broker/broker.ts';
import type { AppError, Result } from '../../src-main/contract/app-error.ts';

const context = () => ({ signal: new AbortController().signal });
const profile = 'default';

/** What apps are killed at. Each ends as it began, so that it can be done again and again, and goes on where an app was killed. */
export const works = {
  renewing: async ({ apiHandlers }: Broker, code: () => Promise<string>) => failures(await apiHandlers.login({ profile, code: await code() }, context())),
  rotating: async ({ apiHandlers }: Broker) => [
    ...failures(await apiHandlers.rotate({ profile }, context())),
    // Where the app was killed between the end of the old key and the note of it, the rotation is over.
    ...failures(await apiHandlers['delete-old-key']({ profile }, context())).filter(({ code }) => code !== 'rotation-none'),
  ],
  moving: async ({ profileChanges, store }: Broker) => {
    const told: AppError[] = [];
    for (const to of ['keychain', 'files'] as const) {
      await profileChanges.moveAccessKey({ profile, to });
      const { notice } = store.state;
      // An app that was killed in the middle may have left it in the keychain alone.
      const isThere = to === 'keychain' && notice?.kind === 'failed' && notice.error.code === 'access-key-gone';
      if (notice?.kind === 'failed' && !isThere) told.push(notice.error);
    }
    return told;
  },
  revoking: async ({ apiHandlers }: Broker) => [
    ...failures(await apiHandlers.revoke({ profile }, context())),
    ...failures(await apiHandlers['remove-revocation']({ profile }, context())),
  ],
} satisfies Record<string, (broker: Broker, code: () => Promise<string>) => Promise<readonly AppError[]>>;

export type Work = keyof typeof works;

function failures(done: Result<unknown>): readonly AppError[] {
  return done.ok ? [] : [done.error];
}
