import { guardedSubcommands } from '../terraform/runs/subcommands.ts';
import { quotePosix } from './exports.ts';
import { pastRelayLines } from './run-marks.ts';
import { standIn, type Interpreter } from './stand-in.ts';

/** The programs that are guarded wherever they are started. Terragrunt starts these, and so finds the guarded ones. */
export const guardedPrograms = ['terraform', 'tofu'] as const;

/** The variables that a guarded program reads. */
export const guardVariables = {
  /** The profile whose session the terminal or the run has. Not set where there is nothing to check; empty where the user wants no guard, and no relay, for a command. */
  profile: 'STS_TRAY_GUARD',
  /** The access key ID that it was opened with, if it has the credentials themselves. */
  accessKeyId: 'STS_TRAY_GUARD_KEY',
  /** The accounts that every provider has to reach one of, with commas between them. */
  account: 'STS_TRAY_GUARD_ACCOUNT',
} as const;

/** How errors of a guarded program name what `guardOptions` are for a command line. */
export const guardedProgramOptions = { noGuard: `${guardVariables.profile}=`, accountOption: `${guardVariables.account}=` } as const;

/**
 * A shell script that stands before the real program in PATH. It has the account guard check what reaches
 * AWS as a deployment does, and then becomes the real program. `command` starts this app's command line.
 */
export function guardedProgram(command: readonly string[], interpreter: Interpreter): string {
  const { profile, account } = guardVariables;
  return standIn(
    interpreter,
    'stands before the real program, and has the account guard look first.',
    `if [ "\${${profile}-none}" = '' ]; then
  ${pastRelayLines}fi
sts_subcommand=''
for sts_word do
  case $sts_word in
    -* | '') ;;
    *) sts_subcommand=$sts_word; break ;;
  esac
done
case $sts_subcommand in
  ${guardedSubcommands.join(' | ')})
    if [ "\${${profile}-}" ]; then
      exec ${command.map(quotePosix).join(' ')} exec "$${profile}" --from-terminal \${${account}:+--account "$${account}"} -- "$sts_program" "$@"
    fi
    ;;
esac
`,
  );
}
