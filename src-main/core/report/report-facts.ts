import type { Settings } from '../../contract/settings.ts';
import type { Keychain, UiState } from '../../contract/ui-state.ts';
import { architectures, desktopKind, knownWord, platforms, type DesktopKind } from '../log/known-words.ts';
import { versionOf, type Person, type Version } from '../log/redaction.ts';

/** The machine and the programs on it, as far as the app itself knows the words for them. */
export type MachineFacts = DesktopKind & {
  readonly app: Version;
  /** Null where Electron is not known, as in a command line on Node.js alone. */
  readonly electron: Version | null;
  readonly node: Version;
  readonly platform: (typeof platforms)[number];
  readonly release: Version;
  readonly arch: (typeof architectures)[number];
  /** Of Linux, such as `debian 13`; null elsewhere, and where nothing says so. */
  readonly distribution: string | null;
};

type GivenMachine = {
  readonly app: string;
  readonly versions: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly release: string;
  readonly arch: string;
  /** What `/etc/os-release` says; empty where there is none. */
  readonly osRelease: string;
  readonly env: Readonly<Record<string, string | undefined>>;
};

export function machineFacts({ app, versions, platform, release, arch, osRelease, env }: GivenMachine): MachineFacts {
  const { electron, node = '' } = versions;
  return {
    app: versionOf(app),
    electron: electron === undefined ? null : versionOf(electron),
    node: versionOf(node),
    platform: knownWord(platforms, platform),
    release: versionOf(release),
    arch: knownWord(architectures, arch),
    distribution: distributionIn(osRelease),
    ...desktopKind(env),
  };
}

/** The two fields that tell distributions apart (freedesktop.org, os-release). */
function distributionIn(osRelease: string): string | null {
  const [, id] = /^ID="?([a-z0-9._-]{1,20})"?$/m.exec(osRelease) ?? [];
  const [, version = ''] = /^VERSION_ID="?([0-9.]{1,12})"?$/m.exec(osRelease) ?? [];
  return id === undefined ? null : [id, version].filter((part) => part !== '').join(' ');
}

/** What only the app knows, while it runs. */
export type AppFacts = {
  readonly state: Pick<UiState, 'profiles' | 'problems' | 'keychain' | 'desktop' | 'files' | 'terminals' | 'language' | 'prompt' | 'question'> & {
    readonly settings: Settings;
  };
  readonly localApi: 'open' | 'closed';
  readonly relayRuns: number;
  /** For how long it runs, in milliseconds. */
  readonly runsForMs: number;
};

export type ReportFacts = {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly machine: MachineFacts;
  readonly person: Person;
  /** Null where the app is not running. */
  readonly app: AppFacts | null;
  /** The last lines of the log, and how many were left out that another version wrote. */
  readonly log: { readonly lines: readonly string[]; readonly leftOut: number };
};

/** How many lines of the log a report has. */
export const reportLines = 200;

export function keychainText(keychain: Keychain): string {
  return keychain.kind === 'unavailable' ? `unavailable (${keychain.error.code})` : keychain.kind;
}
