/** Where the project is, and how its word is known, as the build that runs says. */
export type ProjectHome = {
  /** The project's page, an https address without a slash at its end; null where the build does not name one. */
  readonly page: string | null;
  /** The Ed25519 public keys by which its feed is known, each of 32 bytes in base64. */
  readonly keys: readonly string[];
};

/** The file that tells of new versions: of a release of its own, so that its address stays the same. */
const feedPath = '/releases/download/update-feed/update-feed.json';

/** The address of the project's feed. */
export function feedAddress(page: string): string {
  return `${page}${feedPath}`;
}

/**
 * Reads it off the app's own package.json, whose `repository` is the one place with the project's address, and whose
 * `updateKeys` has the keys of whoever signs its feed. What is neither counts as missing.
 */
export function projectHome(manifest: unknown): ProjectHome {
  const { repository, updateKeys } = (typeof manifest === 'object' && manifest !== null ? manifest : {}) as Readonly<Record<string, unknown>>;
  const keys = Array.isArray(updateKeys) ? updateKeys.filter((key): key is string => typeof key === 'string' && isKey(key)) : [];
  return { page: typeof repository === 'string' ? pageOf(repository) : null, keys };
}

/** Whether an address is the project's page, or below it. */
export function isOfProject(url: string, page: string | null): boolean {
  if (page === null || !URL.canParse(url)) return false;
  const { href, username, password } = new URL(url);
  return username === '' && password === '' && (href === page || href.startsWith(`${page}/`));
}

function pageOf(repository: string): string | null {
  if (!URL.canParse(repository)) return null;
  const { protocol, origin, pathname, search, hash, username } = new URL(repository);
  const path = pathname.replace(/\/$/, '').replace(/\.git$/, '');
  return protocol === 'https:' && username === '' && search === '' && hash === '' && path !== '' ? `${origin}${path}` : null;
}

/** 32 bytes. */
function isKey(key: string): boolean {
  return /^[A-Za-z\d+/]{43}=$/.test(key);
}
