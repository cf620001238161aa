import { resolve } from 'node:path';
import type { AppError } from '../contract/app-error.ts';
import { exitLine, textLines } from '../core/hand-offs/launcher-lines.ts';
import { apiAddress, otherAddresses } from '../core/local-api/api-address.ts';
import { keys, rotate } from './commands/access-keys.ts';
import { account } from './commands/account.ts';
import { activity } from './commands/activity.ts';
import { askApp, holdRun } from './process/app-connection.ts';
import { callerFiles } from './process/caller-files.ts';
import { isListening, notRunning } from './process/connect.ts';
import type { Call } from './commands/support/call.ts';
import { exportCommand, credentialProcess, terminal } from './commands/hand-off-commands.ts';
import { completionScript } from './grammar/completions.ts';
import { exitCodes, stepsWord, type CliWorld } from './process/cli-world.ts';
import type { CommandName } from './grammar/commands.ts';
import { consoleCommand } from './commands/console.ts';
import { helpText } from './grammar/help.ts';
import { history } from './commands/history.ts';
import { install, uninstall } from './commands/install-commands.ts';
import { parseCommandLine, type Invocation, type UsageError } from './grammar/parse.ts';
import { revoke } from './commands/revoke.ts';
import { login, logout, status } from './commands/session-commands.ts';
import { portalRoles, signIns, signOut } from './commands/sign-in-commands.ts';
import { startApp } from './process/start-app.ts';
import { paintFor } from './texts/colors.ts';
import { terminalText } from './texts/terminal-text.ts';
import { cliLanguage, cliTexts, type Texts } from './texts/texts.ts';
import { lineWidth, wrapped } from './texts/wrapped.ts';

/** How long the app may take to start, in milliseconds. */
const startMs = 15_000;

/** Does what the command line says, and returns the exit code. */
export async function runCommandLine(given: CliWorld): Promise<number> {
  const world = withSafePrint(given);
  const forLauncher = world.args[0] === stepsWord;
  // The launcher does what is printed.
  const print = (text: string) => (forLauncher ? given.print(`${textLines('print', text)}${exitLine(exitCodes.done)}`) : world.print(text));
  const parsed = parseCommandLine(forLauncher ? world.args.slice(1) : world.args);
  const texts = cliTexts(cliLanguage(world.env), isGuardedProgram(parsed) ? 'guarded-program' : 'command-line');
  switch (parsed.kind) {
    case 'help':
      print(helpText(parsed.command, texts));
      return exitCodes.done;
    case 'version':
      print(`sts-tray ${world.version}\n`);
      return exitCodes.done;
    case 'usage':
      return tellUsage(parsed.error, world, texts);
    case 'invocation':
      return await commands[parsed.invocation.command](callOf(parsed.invocation, forLauncher, world, { texts, printScript: given.print }));
  }
}

/** Few commands read Terraform projects or logs, and the others start without that code. */
const commands: Readonly<Record<CommandName, (call: Call) => number | Promise<number>>> = {
  status,
  login,
  logout,
  'sign-ins': signIns,
  roles: portalRoles,
  'sign-out': signOut,
  export: exportCommand,
  'credential-process': credentialProcess,
  exec: async (call) => (await import('./commands/exec.ts')).exec(call),
  check: async (call) => (await import('./commands/check.ts')).check(call),
  account,
  terminal,
  console: consoleCommand,
  revoke,
  activity,
  keys,
  rotate,
  history,
  install,
  uninstall,
  report: async (call) => (await import('./commands/report.ts')).report(call),
  completion: ({ printScript, texts, invocation }) => {
    printScript(completionScript(invocation.word, texts.t));
    return exitCodes.done;
  },
  help: () => exitCodes.done,
};

/** Whether it was typed as `terraform` in a terminal of the app, where a script in front of the real one calls this command line. */
function isGuardedProgram(parsed: ReturnType<typeof parseCommandLine>): boolean {
  return parsed.kind === 'invocation' && parsed.invocation.options['from-terminal'] !== undefined;
}

/** Whatever a command prints for people, no terminal obeys what others wrote into it. */
function withSafePrint(world: CliWorld): CliWorld {
  return { ...world, print: (text) => world.print(terminalText(text)), printError: (text) => world.printError(terminalText(text)) };
}

function callOf(invocation: Invocation, forLauncher: boolean, world: CliWorld, { texts, printScript }: Pick<Call, 'texts' | 'printScript'>): Call {
  const given = invocation.options['user-data-dir'];
  const userDataDir = given === undefined ? null : resolve(world.cwd, given);
  const place = { ...world, userDataDir };
  // The app may turn out to listen elsewhere.
  let address = apiAddress(place);
  const files = callerFiles(world);
  const askRunning: Call['askRunning'] = async (name, fields) => {
    if (world.host !== null) return await world.host.ask(name, fields, files);
    const answer = await askApp(address, name, fields, files);
    if (answer !== notRunning) return answer;
    for (const other of otherAddresses(place, world.runtimeFolder)) {
      if (!(await isListening(other))) continue;
      address = other;
      return await askApp(other, name, fields, files);
    }
    return notRunning;
  };
  return {
    world,
    printScript,
    texts,
    paint: {
      stdout: paintFor({ ...world, isTerminal: world.isTerminal.stdout }),
      stderr: paintFor({ ...world, isTerminal: world.isTerminal.stderr }),
    },
    invocation,
    userDataDir,
    forLauncher,
    ask: async (name, fields) => {
      const answer = await askRunning(name, fields());
      if (answer !== notRunning) return answer;
      const started = await startApp(world, { address, userDataDir, texts, waitMs: startMs });
      if (!started.ok) return started;
      const second = await askApp(address, name, fields(), files);
      return second === notRunning ? { ok: false, error: { code: 'app-quitting', params: {} } } : second;
    },
    askRunning,
    holdRun: (run) => holdRun(address, run),
    fail: (failure) => {
      const said = `sts-tray: ${texts.sentences(failure.error) ?? failure.sentences ?? failure.error.code}`;
      // Other programs get one line. A terminal would break it in the middle of a word.
      world.printError(`${(world.isTerminal.stderr ? wrapped(said, lineWidth) : [said]).join('\n')}\n`);
      return exitCodeOf(failure.error);
    },
    failUsage: (error) => tellUsage(error, world, texts),
  };
}

function tellUsage({ key, params, command }: UsageError, { printError }: CliWorld, { t }: Texts): number {
  const next = command === null ? 'sts-tray --help' : `sts-tray help ${command}`;
  printError(`sts-tray: ${t(key, params)} ${t('usage-next', { command: next })}\n`);
  return exitCodes.usage;
}

function exitCodeOf({ code }: AppError): number {
  switch (code) {
    case 'account-mismatch':
    case 'account-outside-run':
    case 'guard-credentials-replaced':
    case 'guard-account-not-typed':
    case 'guard-account-not-given':
    case 'guard-not-confirmed':
    case 'guard-refused':
    case 'guard-nothing-meant':
      return exitCodes.refusedByGuard;
    case 'mfa-cancelled':
    case 'mfa-timeout':
    case 'action-refused':
    case 'action-unanswered':
    case 'program-refused':
    case 'program-unanswered':
    case 'login-root-refused':
    case 'login-root-unanswered':
    case 'portal-user-refused':
    case 'portal-user-unanswered':
      return exitCodes.notAnswered;
    case 'command-not-found':
      return exitCodes.notFound;
    default:
      return exitCodes.failed;
  }
}
