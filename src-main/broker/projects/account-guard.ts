import type { AppError, Result } from '../../contract/app-error.ts';
import type { GuardReport } from '../../contract/guard.ts';
import type { ProjectReading, ProviderConfiguration } from '../../contract/terraform-project.ts';
import type { AwsCalls } from '../../aws/requests/calls.ts';
import type { RolePath } from '../../aws/requests/reached-account.ts';
import { accountIdOf } from '../../core/aws-names/arn.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { knownAccounts } from '../../core/sessions/known-accounts.ts';
import { recognisedName } from '../../core/sessions/listed-accounts.ts';
import { canBeAsked, guardReport } from '../../core/terraform/verdict/guard-report.ts';
import type { Reached } from '../../core/terraform/verdict/verdict.ts';
import type { HeldSessions, LiveHeld } from '../sessions/held-sessions.ts';
import type { SessionManager } from '../sessions/session-manager.ts';
import { withSession } from '../sessions/with-session.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';
import type { Requester } from '../prompts/waiting-programs.ts';
import { accountsBoundTo } from './known-project.ts';

/** How many accounts are looked up at once: AWS throttles STS by account and region. */
const atOnce = 4;

/** In how many regions one way is tried. */
const regionsMax = 3;

type Parts = {
  readonly store: Pick<UiStateStore, 'content'>;
  readonly sessions: Pick<SessionManager, 'credentials'>;
  readonly held: Pick<HeldSessions, 'find' | 'expire'>;
  readonly aws: Pick<AwsCalls, 'reachedAccount'>;
};

type GuardRequest = {
  /** Whose session the project would run with; started first where there is none. */
  readonly profile: string;
  /** Those that every provider has to reach one of; none for what the project says. */
  readonly accounts: readonly string[];
  /** Whether the run would go through the account relay, if the user has it turned on. */
  readonly relay: boolean;
  readonly requester: Requester;
};

type Asked = {
  /** The names under which a project may mean the profile. */
  readonly profiles: readonly string[];
  /** The accounts' aliases, by account ID. */
  readonly aliases: ReadonlyMap<string, string | null>;
  /** By the addresses of the providers. */
  readonly reached: ReadonlyMap<string, Reached>;
};

type Asking = { readonly accountId: string; readonly alias: string | null } | { readonly error: AppError } | null;

type Refused = Extract<Reached, { readonly error: AppError }>;

/** Where a project would deploy to, compared with what it is meant for. */
export class AccountGuard {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Fails when there is no session to ask with. What AWS refuses is in the report. */
  async judge(reading: ProjectReading, { profile, accounts, relay, requester }: GuardRequest): Promise<Result<GuardReport>> {
    // If a second session is refused in the same way, the cause is the provider's, and goes into its row.
    let isSecondSession = false;
    const relayed = relay && this.#parts.store.content.settings.relayRuns && reading.pastRelay === null;
    return withSession(this.#parts, profile, requester, async (held) => {
      const { profiles, aliases, reached } = await this.#ask(reading, held, accounts);
      const refusal = isSecondSession ? undefined : [...reached.values()].find(isRefusedAsExpired);
      isSecondSession = true;
      return refusal === undefined ? succeeded(this.#report(reading, held, { profiles, accounts, relayed, aliases, reached })) : failed(refusal.error);
    });
  }

  /** Asks AWS which accounts the providers reach with the session. */
  async #ask(reading: ProjectReading, held: LiveHeld, accounts: readonly string[]): Promise<Asked> {
    const { name, installedAs } = held.profile;
    const known = new Set([...knownAccounts(this.#parts.store.content), held.session.identity.accountId, ...accounts]);
    const profiles = [name, ...(installedAs === null ? [] : [installedAs])];
    const aliases = new Map<string, string | null>();
    const askable = reading.providers.filter((provider) => canBeAsked(provider, profiles));
    const unknown = new Map(askable.flatMap((provider) => notAsked(provider, known)));
    const reached = await this.#reached(
      held,
      askable.filter(({ address }) => !unknown.has(address)),
      aliases,
    );
    return { profiles, aliases, reached: new Map([...reached, ...unknown]) };
  }

  #report(
    reading: ProjectReading,
    { profile, session }: LiveHeld,
    { profiles, accounts, relayed, aliases, reached }: Asked & Pick<GuardRequest, 'accounts'> & { readonly relayed: boolean },
  ): GuardReport {
    const { content } = this.#parts.store;
    const { settings } = content;
    return guardReport({
      reading,
      profile: profile.name,
      meant: { profiles, boundTo: accountsBoundTo(settings, reading), accounts, relayed },
      reached,
      sessionAccount: session.identity.accountId,
      accountFor: (accountId) => {
        const { alias = null, production = false } = settings.accounts[accountId] ?? {};
        const now = aliases.get(accountId) ?? alias;
        return { accountId, name: settings.accounts[accountId]?.name ?? now ?? recognisedName(accountId, content), alias: now, production };
      },
    });
  }

  /** Each way is taken once, whatever the number of regions in which providers take it. */
  async #reached(
    { profile, credentials }: LiveHeld,
    providers: readonly ProviderConfiguration[],
    aliases: Map<string, string | null>,
  ): Promise<Map<string, Reached>> {
    const ways = new Map<string, ProviderConfiguration[]>();
    for (const provider of providers) {
      const key = JSON.stringify(provider.assumeRoles);
      const same = ways.get(key);
      if (same === undefined) ways.set(key, [provider]);
      else same.push(provider);
    }
    const reached = new Map<string, Reached>();
    const waiting = [...ways.values()];
    const askInTurn = async (): Promise<void> => {
      for (let same = waiting.shift(); same !== undefined; same = waiting.shift()) {
        const found = await this.#askInRegions(inRegions(same).slice(0, regionsMax), (way) => this.#parts.aws.reachedAccount(profile, credentials, way));
        if (found !== null && 'alias' in found) aliases.set(found.accountId, found.alias);
        for (const { address } of same) reached.set(address, found);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, askInTurn));
    return reached;
  }

  /** Where one region is off, or does not exist, the next is asked. */
  async #askInRegions(
    [provider, ...others]: readonly ProviderConfiguration[],
    ask: (way: RolePath) => ReturnType<AwsCalls['reachedAccount']>,
  ): Promise<Asking> {
    if (provider === undefined) return null;
    const account = await ask(wayOf(provider));
    if (account.ok) return account.value;
    const isOfRegion = account.error.code === 'region-disabled' || account.error.code === 'network-unreachable';
    return isOfRegion && others.length > 0 ? this.#askInRegions(others, ask) : account;
  }
}

/** One provider for each region. */
function inRegions(providers: readonly ProviderConfiguration[]): readonly ProviderConfiguration[] {
  return [...new Map(providers.toReversed().map((provider) => [JSON.stringify(provider.region), provider])).values()].toReversed();
}

/** An account that the user never had to do with is told nothing: to assume a role there would say who asks, and from where. */
function notAsked({ address, assumeRoles }: ProviderConfiguration, known: ReadonlySet<string>): readonly (readonly [string, Refused])[] {
  const roles = assumeRoles.flatMap(({ roleArn }) => (roleArn.kind === 'known' ? [roleArn.value] : []));
  const role = roles.find((arn) => {
    const account = accountIdOf(arn);
    return account !== null && !known.has(account);
  });
  return role === undefined ? [] : [[address, { error: appError('guard-account-unseen', { role, account: accountIdOf(role) ?? '' }) }]];
}

function isRefusedAsExpired(reached: Reached): reached is Refused {
  return reached !== null && 'error' in reached && reached.error.code === 'session-expired';
}

function wayOf({ assumeRoles, region }: ProviderConfiguration): RolePath {
  const known = (text: ProviderConfiguration['region']): string | null => (text?.kind === 'known' ? text.value : null);
  return {
    roles: assumeRoles.map(({ roleArn, externalId, sessionName }) => ({
      roleArn: known(roleArn) ?? '',
      externalId: known(externalId),
      sessionName: known(sessionName),
    })),
    region: known(region),
  };
}
