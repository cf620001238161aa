import type { AppError, Result } from '../../contract/app-error.ts';
import type { GuardReport } from '../../contract/guard.ts';
import type { ProjectReading, ProviderConfiguration } from '../../contract/terraform-project.ts';
import type { AwsCalls } from '../../aws/requests/calls.ts';
import type { RolePath } from '../../aws/requests/reached-account.ts';
import { accountIdOf } from '../../core/aws-names/arn.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { servedNames } from '../../core/profiles/private-configuration.ts';
import { accountOf } from '../../core/sessions/accounts.ts';
import { knownAccounts } from '../../core/sessions/known-accounts.ts';
import { recognisedName } from '../../core/sessions/listed-accounts.ts';
import { tellsApart } from '../../core/questions/question-accounts.ts';
import type * as Verdict from '../../core/terraform/verdict/guard-report.ts';
import type { Meant, OtherProfiles, Reached } from '../../core/terraform/verdict/verdict.ts';
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
  readonly sessions: Pick<SessionManager, 'credentials' | 'find' | 'servedNames' | 'hasName'>;
  readonly held: Pick<HeldSessions, 'find' | 'expire'>;
  readonly aws: Pick<AwsCalls, 'reachedAccount'>;
  /** How this app's command line is started. */
  readonly commandLine: readonly string[];
};

type GuardRequest = {
  /** Whose session the project would run with; started first where there is none. */
  readonly profile: string;
  /** Those that every provider has to reach one of; none for what the project says. */
  readonly accounts: readonly string[];
  /** Whether the run would find the session's own profile alone. */
  readonly only: boolean;
  /** Whether the run would go through the account relay, if the user has it turned on. */
  readonly relay: boolean;
  readonly requester: Requester;
};

type Asked = {
  readonly held: LiveHeld;
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

  /**
   * Fails when there is no session to ask with, of the profile or of another one that the project names: each that
   * takes a code asks for it here, one after the other. What AWS refuses is in the report.
   */
  async judge(reading: ProjectReading, request: GuardRequest): Promise<Result<GuardReport>> {
    const { sessions, store } = this.#parts;
    const { profile, accounts, relay, only, requester } = request;
    const { canBeAsked, guardReport } = await import('../../core/terraform/verdict/guard-report.ts');
    const own = sessions.find(profile);
    if (!own.ok) return own;
    const profiles = [own.value.name, ...(own.value.installedAs === null ? [] : [own.value.installedAs])];
    const others = only || store.content.settings.onlyProfile ? undefined : this.#others(reading, profiles);
    const named = served(others);
    // All codes are asked for before AWS is, so that the prompts come one after the other.
    for (const name of [profile, ...named]) {
      const found = await sessions.credentials(name, { minLeftMs: 0, requester });
      if (!found.ok) return found;
    }
    const asked: Asked[] = [];
    const askWith = async (name: string, names: readonly string[]): Promise<Result<Asked>> => {
      const providers = reading.providers.filter((provider) => canBeAsked(provider, [...profiles, ...named]) && isOf(provider, names, name === profile));
      const one = await this.#askWith(name, providers, request);
      if (one.ok) asked.push(one.value);
      return one;
    };
    const first = await askWith(profile, profiles);
    if (!first.ok) return first;
    const otherAccounts = new Map<string, string>();
    for (const name of named) {
      const other = await askWith(name, [name]);
      if (!other.ok) return other;
      otherAccounts.set(name, other.value.held.session.identity.accountId);
    }
    const meant = {
      profiles,
      ...(others === undefined ? {} : { others }),
      leadingTo: (accountId: string) => this.#leadingTo(accountId),
      boundTo: accountsBoundTo(store.content.settings, reading),
      accounts,
      relayed: relay && store.content.settings.relayRuns && reading.pastRelay === null,
    };
    const together = { aliases: new Map(asked.flatMap(({ aliases }) => [...aliases])), reached: new Map(asked.flatMap(({ reached }) => [...reached])) };
    return succeeded(this.#report(guardReport, reading, first.value.held, { ...together, meant, otherAccounts }));
  }

  /** What becomes of the other profiles that the project names. */
  #others(reading: ProjectReading, own: readonly string[]): OtherProfiles {
    const { sessions } = this.#parts;
    const names = this.#served();
    const others = profilesIn(reading).filter((name) => !own.includes(name));
    const standing = (name: string): readonly (readonly [string, 'served' | 'unserved'])[] => {
      if (names.has(name)) return [[name, 'served']];
      return sessions.hasName(name) ? [[name, 'unserved']] : [];
    };
    return new Map(others.flatMap(standing));
  }

  /** Every name by which a run finds a profile. */
  #served(): ReadonlySet<string> {
    const { sessions, commandLine } = this.#parts;
    return new Set(servedNames(sessions.servedNames(), { commandLine }).map(({ name }) => name));
  }

  /** Profiles that code could name to reach an account, as far as that is known of them. */
  #leadingTo(accountId: string): readonly string[] {
    const { profiles, settings } = this.#parts.store.content;
    const names = this.#served();
    return profiles.flatMap((one) => (names.has(one.name) && accountOf(one, settings) === accountId ? [one.name] : []));
  }

  /** Asks AWS which accounts providers reach with the session of a profile. */
  #askWith(name: string, providers: readonly ProviderConfiguration[], { accounts, requester }: GuardRequest): Promise<Result<Asked>> {
    // If a second session is refused in the same way, the cause is the provider's, and goes into its row.
    let isSecondSession = false;
    return withSession(this.#parts, name, requester, async (held) => {
      const known = new Set([...knownAccounts(this.#parts.store.content), held.session.identity.accountId, ...accounts]);
      const unknown = new Map(providers.flatMap((provider) => notAsked(provider, known)));
      const aliases = new Map<string, string | null>();
      const found = await this.#reached(
        held,
        providers.filter(({ address }) => !unknown.has(address)),
        aliases,
      );
      const refusal = isSecondSession ? undefined : [...found.values()].find(isRefusedAsExpired);
      isSecondSession = true;
      return refusal === undefined ? succeeded({ held, aliases, reached: new Map([...found, ...unknown]) }) : failed(refusal.error);
    });
  }

  #report(
    guardReport: typeof Verdict.guardReport,
    reading: ProjectReading,
    { profile, session }: LiveHeld,
    { meant, aliases, reached, otherAccounts }: Omit<Asked, 'held'> & { readonly meant: Meant; readonly otherAccounts: ReadonlyMap<string, string> },
  ): GuardReport {
    const { content } = this.#parts.store;
    const { settings } = content;
    return guardReport({
      reading,
      profile: profile.name,
      meant,
      reached,
      sessionAccount: session.identity.accountId,
      otherAccounts,
      accountFor: (accountId) => {
        const { alias = null, production = false } = settings.accounts[accountId] ?? {};
        const now = aliases.get(accountId) ?? alias;
        const name = settings.accounts[accountId]?.name ?? now ?? recognisedName(accountId, content);
        // It is what has to be typed.
        const isOneOfMany = production && name !== null && !tellsApart(name, accountId, settings.accounts);
        return { accountId, name: isOneOfMany ? null : name, alias: now, production };
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

function served(others: OtherProfiles = new Map()): readonly string[] {
  return [...others].flatMap(([name, standing]) => (standing === 'served' ? [name] : []));
}

/** The profiles that what is used of a project names, each once: those of its providers, then those of its states. */
function profilesIn({ providers, backend, stateProfiles = [] }: ProjectReading): readonly string[] {
  const used = [...providers.filter(({ use }) => use !== 'nothing'), ...(backend === null ? [] : [backend])];
  return [...new Set([...used.flatMap(({ profile }) => (profile?.kind === 'known' ? [profile.value] : [])), ...stateProfiles])];
}

/** Whether a provider starts from a profile of these names; `orNone`: or names none. */
function isOf({ profile }: ProviderConfiguration, names: readonly string[], orNone: boolean): boolean {
  return profile?.kind === 'known' ? names.includes(profile.value) : orNone;
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
