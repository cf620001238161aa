import { setTimeout as sleep } from 'node:timers/promises';
import type { SSOClient } from '@aws-sdk/client-sso';
import type { Result } from '../../contract/app-error.ts';
import { accountIdPattern, roleNamePattern } from '../../contract/limits.ts';
import type { PortalAccount } from '../../contract/sign-in.ts';
import { succeeded } from '../../core/errors.ts';
import { byName, inOrder } from '../../core/sign-in/account-order.ts';
import type { IdentityCenterPlace } from '../../core/sign-in/sign-in-places.ts';
import { askAtPortalOnce, nameOf, type TokenRefused } from './access-portal.ts';
import type { WayToPlace } from './place-options.ts';

/** As many as a page may have (IAM Identity Center Portal API reference, ListAccounts and ListAccountRoles). */
const pageSize = 100;
/** More pages than any organisation has accounts: a portal that never ends its list is none. */
const pagesMax = 1_000;
/** What is shown of a name or an address at most. */
const textMax = 256;
/** How many accounts are asked about at once. */
const atOnce = 4;
/** How often a call that was throttled is made again, and how long after the first time, in milliseconds; twice as long after each further one. */
const [triesMax, firstPauseMs, longestPauseMs] = [12, 250, 15_000];

type Listing = {
  readonly accessToken: string;
  /** The roles that are known from a try that was cut off, by the account. They are not asked for again. */
  readonly known: ReadonlyMap<string, readonly string[]>;
  /** Told as often as there is more; gets a way to all that is known so far. */
  readonly onProgress: (soFar: () => readonly PortalAccount[]) => void;
  readonly signal: AbortSignal;
};

/**
 * All accounts and roles that an access portal gives: pages of accounts one after the other, then the roles of several
 * accounts at once. They come in about the order of their names, and what has come never moves. Throttling is waited
 * out by all calls together. Rejects with the signal's reason when it aborts. Errors: those of `askPortal`.
 */
export function portalAccounts(place: IdentityCenterPlace, way: WayToPlace, listing: Listing): Promise<Result<readonly PortalAccount[] | TokenRefused>> {
  const stop = new AbortController();
  const signal = AbortSignal.any([listing.signal, stop.signal]);
  const asked = askAtPortalOnce(place, way, 'sso:ListAccounts', (client) => askAll({ ...listing, client, call: patientCall(signal), signal }));
  // Where one call failed, those beside it have nothing to go on for.
  return asked.finally(() => stop.abort());
}

/** All that one listing goes by. `call` waits throttling out. */
type Asking = Listing & { readonly client: SSOClient; readonly call: Call };

type Named = Omit<PortalAccount, 'roles'>;

async function askAll(asking: Asking): Promise<Result<readonly PortalAccount[]>> {
  const { known, onProgress } = asking;
  const named = (await allAccounts(asking)).toSorted(byName).values();
  const accounts: PortalAccount[] = [];
  const ask = async (): Promise<void> => {
    for (const account of named) {
      const roles = known.get(account.accountId) ?? (await rolesOf(asking, account.accountId));
      accounts.push({ ...account, roles });
      onProgress(() => [...accounts]);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, ask));
  return succeeded(accounts);
}

async function allAccounts({ client, call, accessToken, signal }: Asking): Promise<readonly Named[]> {
  const { ListAccountsCommand } = await import('@aws-sdk/client-sso');
  const pages = await allPages(async (nextToken) => {
    const page = await call(() => client.send(new ListAccountsCommand({ accessToken, maxResults: pageSize, nextToken }), { abortSignal: signal }));
    return { items: page.accountList ?? [], nextToken: page.nextToken };
  });
  return pages.flatMap(({ accountId = '', accountName = '', emailAddress = '' }) =>
    accountIdPattern.test(accountId) ? [{ accountId, name: accountName.slice(0, textMax), email: emailAddress.slice(0, textMax) }] : [],
  );
}

/** What is no name of a role would be written into a file as it is. */
async function rolesOf({ client, call, accessToken, signal }: Asking, accountId: string): Promise<readonly string[]> {
  const { ListAccountRolesCommand } = await import('@aws-sdk/client-sso');
  const roles = await allPages(async (nextToken) => {
    const input = { accessToken, accountId, maxResults: pageSize, nextToken };
    const page = await call(() => client.send(new ListAccountRolesCommand(input), { abortSignal: signal }));
    return { items: page.roleList ?? [], nextToken: page.nextToken };
  });
  const names = roles.flatMap(({ roleName = '' }) => (roleNamePattern.test(roleName) ? [roleName] : []));
  return names.toSorted(inOrder);
}

async function allPages<T>(
  ask: (nextToken: string | undefined) => Promise<{ readonly items: readonly T[]; readonly nextToken: string | undefined }>,
): Promise<readonly T[]> {
  const all: T[] = [];
  let next: string | undefined;
  for (let pages = 0; pages < pagesMax; pages += 1) {
    const { items, nextToken } = await ask(next);
    all.push(...items);
    if (!nextToken || nextToken === next) return all;
    next = nextToken;
  }
  throw Object.assign(new Error('The list has no end'), { name: 'EndlessList' });
}

type Call = <T>(send: () => Promise<T>) => Promise<T>;

/** One that was throttled keeps all from calling for a while: more calls would only be refused too. */
function patientCall(signal: AbortSignal): Call {
  let pausedUntil = 0;
  return async (send) => {
    for (let tries = 1; ; tries += 1) {
      const pause = pausedUntil - performance.now();
      // Not all at the same moment.
      if (pause > 0) await sleep(pause * (1 + Math.random() / 2), undefined, { signal });
      try {
        return await send();
      } catch (error) {
        if (nameOf(error) !== 'TooManyRequestsException' || tries === triesMax) throw error;
        pausedUntil = performance.now() + Math.min(firstPauseMs * 2 ** (tries - 1), longestPauseMs);
      }
    }
  };
}
