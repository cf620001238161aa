import type { ImportRules, Permission } from './import-checks.ts';

/**
 * Rows for the names in one folder; a name with `/` in front starts from the top of the checkout. `*`
 * stands for the files in the folder itself, which no row of its subfolders covers. After `type ` only
 * types may be imported.
 */
function rows(parent: string, table: Readonly<Record<string, readonly string[]>>): Readonly<Record<string, readonly Permission[]>> {
  const from = (name: string): string => (name.startsWith('/') ? name.slice(1) : [parent, name].filter((part) => part !== '').join('/'));
  const permission = (name: string): Permission => (name.startsWith('type ') ? { to: from(name.slice('type '.length)), typesOnly: true } : { to: from(name) });
  return Object.fromEntries(Object.entries(table).map(([name, permissions]) => [from(name), permissions.map(permission)]));
}

/** Values that the windows share with the main process; none of these files may need zod. */
const sharedFloor = [
  '/src-main/contract/limits.ts',
  '/src-main/contract/command-names.ts',
  '/src-main/core/duration.ts',
  '/src-main/core/printable.ts',
  '/src-main/core/sessions/session.ts',
  '/src-main/core/sessions/accounts.ts',
  '/src-main/core/questions/confirmation-name.ts',
];

/** Who may import what. `docs/architecture.md` says why. */
export const importRules: Omit<ImportRules, 'dependencies'> = {
  folders: {
    // The layers: one way, from main down to the contract. Features inside them inherit these rows.
    ...rows('src-main', {
      'main.ts': ['app', 'cli', 'platform'],
      app: ['platform', 'broker', 'aws', 'core', 'type contract'],
      platform: ['files/private-modes.ts', 'core', 'contract'],
      cli: ['terraform', 'core', 'contract'],
      broker: ['aws', 'vault', 'terraform/local-state.ts', 'files', 'core', 'contract'],
      vault: ['files', 'core', 'type contract'],
      terraform: ['files/read-file.ts', 'core', 'contract'],
      aws: ['files/read-file.ts', 'core', 'contract/limits.ts', 'type contract'],
      files: ['core'],
      core: ['core/*', 'contract'],
      preload: ['type contract', 'contract/command-names.ts'],
      contract: [],
    }),

    ...rows('src-main/broker', {
      '*': [
        'local-api',
        'access-keys',
        'accounts',
        'activity',
        'hand-offs',
        'profiles',
        'projects',
        'relay',
        'revocation',
        'sessions',
        'ledger',
        'prompts',
        'issuing',
        'state',
        'terminal-runs',
      ],
      'access-keys': ['type local-api', 'sessions/with-session.ts', 'type sessions', 'type prompts', 'type ledger', 'type state'],
      accounts: ['type local-api', 'type state'],
      activity: ['type local-api', 'sessions/with-session.ts', 'type sessions', 'type prompts', 'type ledger', 'type state'],
      'hand-offs': [
        'type local-api',
        'sessions/with-session.ts',
        'type sessions',
        'type prompts',
        'type ledger',
        'type relay',
        'type terminal-runs',
        'type state',
      ],
      profiles: ['type local-api', 'type sessions', 'type state'],
      projects: ['type local-api', 'sessions/with-session.ts', 'type sessions', 'type prompts', 'type state'],
      relay: [
        'local-api/arrivals.ts',
        'local-api/closing.ts',
        'local-api/answer.ts',
        'local-api/body.ts',
        'type local-api',
        'type sessions',
        'type ledger',
        'type state',
      ],
      revocation: ['type local-api', 'sessions/with-session.ts', 'type sessions', 'type prompts', 'type ledger', 'type state'],
      sessions: ['type local-api', 'type prompts', 'type ledger', 'type issuing', 'type state'],
      ledger: ['type local-api', 'type state'],
      'local-api': ['type prompts'],
      prompts: ['type issuing', 'type state'],
      issuing: [],
      state: [],
      'terminal-runs': ['type relay', 'type sessions', 'type state'],
    }),

    ...rows('src-main/core', {
      'access-keys': [],
      activity: ['aws-names'],
      'aws-names': [],
      desktop: ['sessions', 'texts'],
      'hand-offs': ['sessions', 'terraform/runs'],
      ledger: ['aws-names'],
      'local-api': [],
      profiles: [],
      projects: [],
      prompts: [],
      questions: [],
      relay: ['aws-names', 'hand-offs', 'terraform/verdict/placed-ways.ts', 'terraform/verdict/stated-accounts.ts'],
      revocation: ['aws-names', 'hand-offs', 'sessions'],
      sessions: [],
      'terraform/language': ['terraform/structure'],
      'terraform/reading': ['aws-names', 'terraform/reading/modules', 'terraform/reading/providers', 'terraform/language', 'terraform/structure'],
      'terraform/reading/modules': ['terraform/language'],
      'terraform/reading/providers': ['terraform/reading/modules', 'terraform/language', 'terraform/structure'],
      'terraform/runs': [],
      'terraform/structure': [],
      'terraform/verdict': ['terraform/reading/role-account.ts'],
      texts: ['sessions', 'type projects', '/assets/locales'],
    }),

    ...rows('src-main/aws', { client: ['files/parsed-files.ts', 'type files'], files: [], relay: ['client', 'type files'], requests: ['client', 'files'] }),

    ...rows('src-main/platform', { bus: [], desktop: ['bus'], memory: [], programs: ['terminals'], terminals: ['memory'], windows: [] }),

    ...rows('src-main/cli', {
      '*': ['commands', 'grammar', 'process', 'texts'],
      'commands/*': ['commands/support', 'grammar', 'process', 'texts'],
      'commands/support': ['type grammar', 'type process', 'texts'],
      grammar: ['texts'],
      process: ['type texts'],
      texts: ['/assets/locales'],
    }),

    ...rows('', { 'src-renderer': ['type src-main/contract', ...sharedFloor] }),
    ...rows('src-renderer', {
      '*': ['panel', 'prompts', 'questions', 'settings', 'state', 'context', 'texts', 'time', 'look'],
      gallery: ['*', 'parts', 'context', 'texts', 'look', '/src-main/core/revocation/revocation.ts', '/assets/locales/en/errors.json'],
      'panel/*': ['panel', 'onboarding', 'projects', 'sheets', 'parts', 'shortcuts', 'context'],
      'panel/card': ['accounts', 'parts', 'state', 'context', 'texts', 'time'],
      'panel/list': ['panel/card', 'parts', 'context'],
      'panel/notes': ['parts', 'context', 'texts'],
      'sheets/*': ['sheets', 'parts', 'context'],
      'sheets/access-keys': ['sheets/parts', 'parts', 'context'],
      'sheets/activity': ['sheets/parts', 'controls', 'parts', 'context', 'texts'],
      'sheets/history': ['sheets/parts', 'parts', 'context', 'texts'],
      'sheets/revocation': ['sheets/parts', 'parts', 'context'],
      'sheets/parts': ['parts', 'context', 'time'],
      accounts: ['controls', 'parts', 'context'],
      onboarding: ['parts', 'context'],
      projects: ['accounts', 'controls', 'parts', 'context'],
      prompts: ['accounts', 'parts', 'context', 'time'],
      questions: ['accounts', 'parts', 'context', 'texts', 'time'],
      settings: ['controls', 'parts', 'context', 'texts'],
      parts: ['shortcuts', 'context', 'texts', 'time'],
      controls: ['context'],
      shortcuts: ['context'],
      context: ['type texts', 'time'],
      texts: ['time', '/assets/locales'],
      state: [],
      time: [],
      look: [],
    }),

    // What serves tests builds on the app; what measures it and shows it builds on that. Nothing here ships.
    ...rows('', {
      testing: ['src-main', 'assets/locales'],
      e2e: ['testing', 'src-main/cli/texts'],
      bench: ['testing'],
      demo: ['testing'],
      scripts: [],
    }),
  },
  tests: [{ to: 'testing' }, { to: 'src-main' }, { to: 'src-renderer' }, { to: 'assets/locales' }, { to: 'scripts/gallery-server.mjs' }],
  featured: [
    'src-main',
    'src-main/aws',
    'src-main/broker',
    'src-main/cli',
    'src-main/core',
    'src-main/core/terraform',
    'src-main/platform',
    'src-renderer',
    'src-renderer/panel',
    'src-renderer/sheets',
  ],
  electron: ['src-main/platform', 'src-main/preload', 'src-main/app', 'src-main/main.ts'],
  node: [
    'src-main/aws',
    'src-main/files',
    'src-main/vault',
    'src-main/terraform',
    'src-main/broker',
    'src-main/platform',
    'src-main/cli',
    'src-main/app',
    'src-main/main.ts',
    'electron.vite.config.ts',
    'testing',
    'e2e',
    'bench',
    'demo',
    'scripts',
  ],
  production: ['src-main', 'src-renderer'],
};
