/**
 * What is wrong with the entries of package-lock.json. Each has to come from the registry by its hash alone:
 * an address in the file would decide where it is fetched from, and one without a hash could be anything.
 * @returns {string[]} one line for each problem
 */
export function lockFileProblems({ lockfileVersion, packages }) {
  const entries = Object.entries(packages).filter(([path]) => path !== '');
  return [
    ...(lockfileVersion === 3 ? [] : [`the lock file has version ${lockfileVersion}, not 3`]),
    ...entries.flatMap(([path, entry]) => problemsOf(entry).map((problem) => `${path} ${problem}`)),
  ];
}

function problemsOf({ version, integrity, resolved, link, inBundle }) {
  return [
    ...(link || inBundle || !/^\d+\.\d+\.\d+/.test(version ?? '') ? ['is no version of a package'] : []),
    ...(resolved === undefined ? [] : ['has an address to fetch it from']),
    // 64 bytes in base64.
    ...(/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? '') ? [] : ['has no SHA-512 hash']),
  ];
}

/** The names of the packages that would run a script while they are installed. */
export function packagesWithInstallScript({ packages }) {
  const entries = Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript);
  return [...new Set(entries.map(([path]) => nameOf(path)))];
}

/** The name of a package, from its path in node_modules. */
export const nameOf = (path) => path.replace(/^.*node_modules\//, '');
