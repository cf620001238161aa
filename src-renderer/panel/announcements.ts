import type { Profile } from '../../src-main/contract/ui-state.ts';
import { isLive, shownEnd } from '../../src-main/core/sessions/session.ts';

/** What became of a profile's session. `seconds`: its length. */
export type SessionNews = { readonly profile: string } & ({ readonly kind: 'started'; readonly seconds: number } | { readonly kind: 'ended' | 'expired' });

/** What happened to sessions between two states. What the app renews by itself is no news, nor what is shown for the first time. */
export function sessionNews(before: readonly Profile[], after: readonly Profile[]): readonly SessionNews[] {
  const known = new Map(before.map((profile) => [profile.name, profile.session]));
  return after.flatMap(({ name: profile, session }): readonly SessionNews[] => {
    const was = known.get(profile);
    if (was === undefined || was === session) return [];
    if (isLive(session)) {
      const isNew = !isLive(was) || (session.origin === 'code' && session.issuedAt !== was.issuedAt);
      return isNew ? [{ profile, kind: 'started', seconds: Math.ceil((shownEnd(session) - session.issuedAt) / 60_000) * 60 }] : [];
    }
    if (!isLive(was)) return [];
    return [{ profile, kind: session.kind === 'expired' ? 'expired' : 'ended' }];
  });
}
