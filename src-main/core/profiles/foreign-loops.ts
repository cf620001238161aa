import type { ConfigEntry } from './config-entry.ts';
import { ourProgram, splitWords } from '../aws-files/credential-process-line.ts';

/**
 * Profiles whose `credential_process` asks for credentials that come from that profile itself, with the way back, as
 * `a → b → a`. `aliases` are the entries that this app installed.
 */
export function commandLoops(byName: ReadonlyMap<string, ConfigEntry>, aliases: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const next = (name: string): readonly string[] => {
    const alias = aliases.get(name);
    if (alias !== undefined) return [alias];
    const { role_arn: role, source_profile: source, credential_process: line } = byName.get(name)?.values ?? {};
    if (role) return source === undefined || source === name ? [] : [source];
    return line === undefined ? [] : profilesAskedFor(line, (asked) => byName.has(asked));
  };
  const loops = new Map<string, string>();
  for (const { name, values } of byName.values()) {
    const way = values['credential_process'] ? wayBack(name, next) : null;
    if (way !== null) loops.set(name, way.join(' → '));
  }
  return loops;
}

/** The shortest way from a profile to itself. */
function wayBack(start: string, next: (name: string) => readonly string[]): readonly string[] | null {
  const seen = new Set<string>();
  let ways: readonly (readonly string[])[] = [[start]];
  while (ways.length > 0) {
    const longer = ways.flatMap((way) => next(way.at(-1) ?? start).map((name) => [...way, name]));
    const back = longer.find((way) => way.at(-1) === start);
    if (back !== undefined) return back;
    ways = longer.filter((way) => {
      const name = way.at(-1) ?? '';
      if (seen.has(name)) return false;
      seen.add(name);
      return true;
    });
  }
  return null;
}

/**
 * The profiles, of those that `isProfile` knows, for whose credentials a line visibly asks: this app, or the AWS CLI,
 * which asks whoever the profile names in turn. What a script does inside is not to be seen here.
 */
function profilesAskedFor(line: string, isProfile: (name: string) => boolean): readonly string[] {
  const words = everyWord(line);
  const ours = words.findIndex((word) => ourProgram.test(word));
  const named = ours < 0 ? [] : words.slice(ours + 1);
  const cli = words.findIndex((word) => awsCli.test(word));
  return [...new Set([...named, ...(cli < 0 ? [] : profileOfCli(words, cli))])].filter(isProfile);
}

const awsCli = /(^|[\\/])aws(\.exe|\.cmd)?$/i;

/** By `--profile`, else by `AWS_PROFILE` before the program, else the one without a name. */
function profileOfCli(words: readonly string[], at: number): readonly string[] {
  const args = words.slice(at + 1);
  const option = args.indexOf('--profile');
  const named = option >= 0 ? args[option + 1] : args.find((word) => word.startsWith('--profile='))?.slice('--profile='.length);
  const set = words.slice(0, at).flatMap((word) => /^AWS_(?:DEFAULT_)?PROFILE=(.+)$/.exec(word)?.[1] ?? []);
  return [named ?? set.at(-1) ?? 'default'];
}

/** Those inside quotes too, as a shell that is started with them would split them. */
function everyWord(line: string): readonly string[] {
  return splitWords(line).flatMap((word) => (/\s/.test(word) ? [word, ...splitWords(word)] : [word]));
}
