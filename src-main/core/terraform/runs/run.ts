import { addedArguments } from './added-arguments.ts';
import { changingSubcommands, guardedSubcommands } from './subcommands.ts';

/** What Terraform reads its input variables from on the command line, in order. */
export type GivenVariable = { readonly kind: 'value'; readonly name: string; readonly text: string } | { readonly kind: 'file'; readonly path: string };

/** A command line of Terraform, OpenTofu or Terragrunt, with what its environment adds. */
export type TerraformRun = {
  readonly program: 'terraform' | 'tofu' | 'terragrunt';
  /** Null where there is none, as in `terraform -version`. */
  readonly subcommand: string | null;
  /** Whether it reaches AWS as a deployment does, so that the account guard checks it first. */
  readonly guarded: boolean;
  /** Whether it can change or delete what is in an account. */
  readonly changes: boolean;
  /** Where the root module is: the working directory, or what `-chdir` says, as a full or a relative path. */
  readonly folder: string;
  /** `-config` of `import`: where the files of the root module are, as a path from `folder`, which stays the working directory; null for `folder` itself. */
  readonly configFolder: string | null;
  /** The working directory in which it is started, before `-chdir`. */
  readonly startedIn: string;
  readonly given: readonly GivenVariable[];
  /** The environment variable whose arguments are not known, and which leave the run unknown: Terraform refuses them, or its versions read them differently. */
  readonly unreadArguments: string | null;
  /** The saved plan that `apply` takes; its values were decided when it was made. */
  readonly planFile: string | null;
  /** `TF_WORKSPACE`; null for the one that was selected in the folder. */
  readonly workspace: string | null;
  /** `-state`: the file of a local state; null for the usual one. */
  readonly stateFile: string | null;
  /** Where `test` looks for its files beside the folder itself, as a path from there. */
  readonly testFolder: string;
  /** `TF_DATA_DIR`, else `.terraform`. */
  readonly dataFolder: string;
};

type CommandLine = {
  /** The program's own name, without a folder. */
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
};

const programs: readonly TerraformRun['program'][] = ['terraform', 'tofu', 'terragrunt'];
const guarded: ReadonlySet<string> = new Set(guardedSubcommands);
const changing: ReadonlySet<string> = new Set(changingSubcommands);

/** Options of the guarded subcommands whose value is the next word when no `=` follows. All others are switches. */
const withValue: ReadonlySet<string> = new Set([
  ...['var', 'var-file', 'target', 'target-file', 'exclude', 'exclude-file', 'include', 'replace', 'invoke', 'policies'],
  ...['state', 'state-out', 'backup', 'out', 'generate-config-out', 'json-into', 'deprecation', 'config', 'parallelism', 'lock-timeout'],
  ...['filter', 'test-directory', 'junit-xml', 'cloud-run'],
]);

/** Reads a command line (Terraform CLI documentation, "Commands" and "Environment Variables"); null for any other program. */
export function parseRun({ program: name, ...rest }: CommandLine): TerraformRun | null {
  const program = programs.find((known) => known === name);
  return program === undefined ? null : runOf({ program, ...rest });
}

function runOf({ program, args, env, cwd }: CommandLine & Pick<TerraformRun, 'program'>): TerraformRun {
  // Terraform passes over an empty word.
  const at = args.findIndex((arg) => arg !== '' && !arg.startsWith('-'));
  const subcommand = args[at] ?? null;
  const global = subcommand === null ? args : args.slice(0, at);
  const chdir = global.flatMap((arg) => /^--?chdir=(.*)$/s.exec(arg)?.[1] ?? []).at(-1);
  const added = subcommand === null ? nothingAdded : addedTo(subcommand, env);
  const words = subcommand === null ? [] : [...added.words, ...args.slice(at + 1)];
  const { given, positional, last } = read(words);
  return {
    program,
    subcommand,
    guarded: subcommand !== null && guarded.has(subcommand) && !args.some(isVersion) && !asksForHelp([...global, ...words]),
    changes: subcommand !== null && changing.has(subcommand),
    folder: chdir === undefined ? cwd : joined(cwd, chdir),
    configFolder: subcommand === 'import' ? last.get('config') || null : null,
    startedIn: cwd,
    given,
    unreadArguments: added.unread,
    planFile: subcommand === 'apply' ? (positional[0] ?? null) : null,
    workspace: env['TF_WORKSPACE'] || null,
    stateFile: last.get('state') ?? null,
    testFolder: last.get('test-directory') ?? 'tests',
    dataFolder: env['TF_DATA_DIR'] || '.terraform',
  };
}

/**
 * Whether it is Terraform or OpenTofu, which only do what the project says. Terragrunt starts them itself, in folders of
 * its own; it also makes buckets for states, and runs what its hooks say.
 */
export function isTerraformAlone(run: TerraformRun | null): run is TerraformRun {
  return run !== null && run.program !== 'terragrunt';
}

/** What `terraform plan` with these arguments would read. */
export function planRun({ args, env, cwd }: Omit<CommandLine, 'program'>): TerraformRun {
  return runOf({ program: 'terraform', args: ['plan', ...args], env, cwd });
}

type Added = { readonly words: readonly string[]; readonly unread: string | null };

const nothingAdded: Added = { words: [], unread: null };

/** What the environment adds in front of the arguments; Terraform puts what is for one subcommand before what is for all. */
function addedTo(subcommand: string, env: CommandLine['env']): Added {
  const each = [`TF_CLI_ARGS_${subcommand.replaceAll('-', '_')}`, 'TF_CLI_ARGS'].map((name) => ({ name, words: addedArguments(env[name] ?? '') }));
  return { words: each.flatMap(({ words }) => words ?? []), unread: each.find(({ words }) => words === null)?.name ?? null };
}

type Arguments = {
  readonly given: readonly GivenVariable[];
  readonly positional: readonly string[];
  /** The values of options; of one that is given several times, the last. */
  readonly last: ReadonlyMap<string, string>;
};

/** Go reads no option behind the first word that is none; `test` runs all the same, and the others refuse more words than they know. */
function read(args: readonly string[]): Arguments {
  const given: GivenVariable[] = [];
  const last = new Map<string, string>();
  let index = 0;
  for (; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    if (arg === '--') return { given, positional: args.slice(index + 1), last };
    if (!arg.startsWith('-') || arg === '-') break;
    const [, option = '', inline] = /^--?([\w-]+)(?:=(.*))?$/s.exec(arg) ?? [];
    if (!withValue.has(option)) continue;
    if (inline === undefined) index += 1;
    const value = inline ?? args[index] ?? '';
    last.set(option, value);
    const [name = '', ...rest] = value.split('=');
    if (option === 'var-file') given.push({ kind: 'file', path: value });
    else if (option === 'var') given.push({ kind: 'value', name: name.trim(), text: rest.join('=') });
  }
  return { given, positional: args.slice(index), last };
}

/** It is looked for also where it is the value of an option. */
function isVersion(arg: string): boolean {
  return /^(-v|--?version)$/.test(arg);
}

/** The same, but not behind `--`. */
function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return args.slice(0, end === -1 ? undefined : end).some((arg) => /^(-h|--?help)$/.test(arg));
}

/** Without node:path, which core may not import; the caller that opens the folder makes it a full path. */
function joined(cwd: string, folder: string): string {
  return /^([/\\]|[A-Za-z]:)/.test(folder) ? folder : `${cwd}/${folder}`;
}
