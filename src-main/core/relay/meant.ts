import type { RelayRequest } from '../../contract/relay.ts';

/**
 * The accounts that a run is meant for. `stated`: by `--account` or by the project itself, so another
 * account is refused. `bound`: the folder is for them, so about another one the user is asked.
 * `nothing`: no one has said, so about each account the user is asked.
 */
export type Meant = (
  | { readonly kind: 'stated'; readonly by: 'option' | 'project'; readonly accountIds: readonly string[] }
  | { readonly kind: 'bound'; readonly accountIds: readonly string[] }
  | { readonly kind: 'nothing' }
) & {
  /** ARNs of roles that are assumed on the way, and lead to no account by themselves: all but the last of a chain. */
  readonly onTheWay: readonly string[];
  /** Those of a project whose providers the guard has not judged: one of them could also stop there. */
  readonly perhapsOnTheWay?: readonly string[];
  /** ARNs of roles with which states are kept and read, by Terraform itself and by no provider. */
  readonly ofState: readonly string[];
  /** Names of profiles whose sessions lead to no account by themselves, in a run whose providers the guard has judged. */
  readonly profiles?: readonly string[];
  /** The ways by which providers are known to reach what is meant for them. Each is meant as it is, and for no other role of its account. */
  readonly placed: RelayRequest['project']['placed'];
};

/** What a project says about the accounts of its runs. */
export type ProjectMeaning = Omit<RelayRequest['project'], 'folder' | 'workspace'>;

/** What a folder says that is no project, or that cannot be read. */
export const saysNothing: ProjectMeaning = { accountIds: [], undecided: null, onTheWay: [], ofState: [], placed: [] };

type Sayings = Pick<RelayRequest, 'accounts' | 'project'> & {
  /** The accounts that the user bound the project's folder to. */
  readonly boundTo: readonly string[];
};

/**
 * `--account` before the binding of the folder, and that before what the files say: a binding is a pin. It holds for
 * no account that is only there for providers that are known to go there, and none that is still undecided.
 */
export function meantBy({ accounts, project, boundTo }: Sayings): Meant {
  const { accountIds, undecided, onTheWay, perhapsOnTheWay = [], profiles = [], ofState, placed } = project;
  const ways = { onTheWay, ofState, placed, ...(perhapsOnTheWay.length === 0 ? {} : { perhapsOnTheWay }), ...(profiles.length === 0 ? {} : { profiles }) };
  if (accounts.length > 0) return { kind: 'stated', by: 'option', accountIds: accounts, ...ways };
  if (boundTo.length > 0) return { kind: 'bound', accountIds: boundTo.filter((id) => undecided?.includes(id) ?? true), ...ways };
  return accountIds.length > 0 ? { kind: 'stated', by: 'project', accountIds, ...ways } : { kind: 'nothing', ...ways };
}

/** What `--account` has to be given for this account to be meant as well. */
export function withAccount(meant: Meant, accountId: string): string {
  return [...new Set([...accountsOf(meant), accountId])].join(',');
}

/** The accounts that are meant, as far as somebody has said. */
export function accountsOf(meant: Meant): readonly string[] {
  return meant.kind === 'nothing' ? [] : meant.accountIds;
}
