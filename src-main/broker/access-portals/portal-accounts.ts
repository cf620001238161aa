import type { AppError, Result } from '../../contract/app-error.ts';
import type { PortalAccount, PortalRole } from '../../contract/sign-in.ts';
import { byName } from '../../core/sign-in/account-order.ts';
import { late } from '../../core/calls/late.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { isRecent } from '../../core/recent.ts';
import type { IdentityCenterPlace } from '../../core/sign-in/sign-in-places.ts';
import type { HeldSignIns } from '../sign-in/held-sign-ins.ts';
import type { SignIns } from '../sign-in/sign-ins.ts';

const portalAccounts = late(async () => (await import('../../aws/sign-in/portal-accounts.ts')).portalAccounts);

/** A list that is older is asked for anew when somebody wants it, in milliseconds. */
const freshMs = 86_400_000;

/** What is known of a portal's accounts; `at` is when the list was complete, in epoch milliseconds, null for not yet. */
export type KnownAccounts = { readonly accounts: readonly PortalAccount[]; readonly at: number | null };

/** `signedInAt` tells whose list it is: the next one who signs in may have other accounts. */
type Kept = KnownAccounts & { readonly signedInAt: number };

type Parts = {
  readonly signIns: Pick<SignIns, 'atPortal'>;
  readonly held: Pick<HeldSignIns, 'keptOf'>;
  readonly now: () => number;
};

/** The accounts and roles of access portals, in memory, for as long as the same sign-in lasts. */
export class PortalAccounts {
  readonly #parts: Parts;
  readonly #kept = new Map<string, Kept>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** What is known without asking, in order. */
  known({ signInId }: IdentityCenterPlace): KnownAccounts | null {
    const kept = this.#kept.get(signInId);
    return kept !== undefined && kept.signedInAt === this.#parts.held.keptOf(signInId)?.signedInAt ? kept : null;
  }

  /** Whether what is known is complete, and no older than a day. */
  isFresh(place: IdentityCenterPlace): boolean {
    const at = this.known(place)?.at ?? null;
    return at !== null && isRecent(at, freshMs, this.#parts.now());
  }

  /** Whether the portal gives the role; null where its list is not complete. */
  gives(place: IdentityCenterPlace, { accountId, roleName }: PortalRole): boolean | null {
    const known = this.known(place);
    if (known === null || known.at === null) return null;
    return known.accounts.find((account) => account.accountId === accountId)?.roles.includes(roleName) ?? false;
  }

  /**
   * Asks for all of them; somebody signs in first where nobody is. `onProgress` gets a way to what is known so far. After
   * a failure in the middle the next call goes on with what is missing. What is returned is in the order in which it
   * came. Errors: those of a sign-in and of the portal.
   */
  async ask(
    place: IdentityCenterPlace,
    onProgress: (soFar: () => readonly PortalAccount[]) => void,
    caller: { readonly byUser: boolean; readonly signal: AbortSignal },
  ): Promise<Result<KnownAccounts>> {
    const before = this.known(place);
    const known = new Map(before?.at === null ? before.accounts.map(({ accountId, roles }) => [accountId, roles] as const) : []);
    let soFar: () => readonly PortalAccount[] = () => before?.accounts ?? [];
    const progress = (way: () => readonly PortalAccount[]): void => {
      soFar = way;
      onProgress(way);
    };
    try {
      const asked = await this.#parts.signIns.atPortal(place, { profile: null, ...caller }, (way, accessToken) =>
        portalAccounts(place, way, { accessToken, known, onProgress: progress, signal: caller.signal }),
      );
      if (asked.ok) return succeeded(this.#keep(place, { accounts: asked.value, at: this.#parts.now() }));
      this.#keepPart(place, soFar());
      return asked;
    } catch (error) {
      if (!caller.signal.aborted) throw error;
      this.#keepPart(place, soFar());
      return failed(closed(place));
    }
  }

  /** The part that came is kept only where nothing whole is there. */
  #keepPart(place: IdentityCenterPlace, accounts: readonly PortalAccount[]): void {
    if ((this.known(place)?.at ?? null) === null) this.#keep(place, { accounts, at: null });
  }

  #keep(place: IdentityCenterPlace, known: KnownAccounts): KnownAccounts {
    const signedInAt = this.#parts.held.keptOf(place.signInId)?.signedInAt;
    if (signedInAt !== undefined) this.#kept.set(place.signInId, { at: known.at, accounts: known.accounts.toSorted(byName), signedInAt });
    return known;
  }
}

function closed({ name }: IdentityCenterPlace): AppError {
  return appError('sign-in-closed', { name });
}
