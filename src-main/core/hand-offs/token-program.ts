import { pastRelayInRunLines } from './run-marks.ts';
import { standIn, type Interpreter } from './stand-in.ts';

/**
 * The programs that make tokens for EKS, and the words by which they do. Such a token is an address of
 * STS that is signed and not called, and a cluster takes none but STS's own.
 */
export const tokenPrograms = [
  { name: 'aws', words: ['eks', 'get-token'] },
  { name: 'aws-iam-authenticator', words: ['token'] },
] as const;

/**
 * A shell script that stands before such a program in PATH. Where it makes a token, the user's own
 * endpoint of STS takes the place of the relay's.
 *
 * An option before the words takes the next word for its value, except for those of the AWS CLI that
 * have none (AWS CLI Command Reference, "Global options").
 */
export function tokenProgram({ words }: { readonly words: readonly string[] }, interpreter: Interpreter): string {
  return standIn(
    interpreter,
    'gives the real program STS’s own address for a token of EKS, which no cluster takes with another.',
    `sts_words='' sts_value=''
for sts_word do
  if [ "$sts_value" ]; then
    sts_value=''
    continue
  fi
  case $sts_word in
    --*=* | --debug | --no-* | --cli-auto-prompt) ;;
    -*) sts_value=yes ;;
    *) sts_words="$sts_words $sts_word" ;;
  esac
done
case "$sts_words " in
  ' ${words.join(' ')} '*)
${pastRelayInRunLines}    ;;
esac
`,
  );
}
