/** The subcommands that reach AWS as a run does, so that the account guard looks first (Terraform CLI documentation, "Commands"). */
export const guardedSubcommands = ['plan', 'apply', 'destroy', 'import', 'refresh', 'test', 'query'] as const;

/** Those of them that change something. */
export const changingSubcommands: readonly (typeof guardedSubcommands)[number][] = ['apply', 'destroy', 'import', 'test'];

/** Those that only reach the backend, and configure no provider. Its role may be one that only `-backend-config` names. */
export const backendSubcommands: readonly string[] = ['init', 'state', 'output', 'show', 'workspace', 'force-unlock', 'taint', 'untaint'];
