import type { CommandQuestion } from '../../src-main/contract/question.ts';
import type { Result } from '../../src-main/contract/app-error.ts';
import type { LiveHeld } from '../../src-main/broker/sessions/held-sessions.ts';
import type { LocalAws } from '../aws/local-aws.ts';
import type { ClientSession } from '../aws/clients/sdk-session.ts';
import { type BrokerRig, unknownProgram } from './broker-rig.ts';

/** What a `credential_process` prints for a session. Without `Expiration` where `end` is null. */
export function printed({ accessKeyId, secretAccessKey, sessionToken, expiration }: ClientSession, end: Date | null = expiration): string {
  const keys = { Version: 1, AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken };
  return JSON.stringify(end === null ? keys : { ...keys, Expiration: end.toISOString() });
}

/** Lines of `sh` that print a text, and note in a file that they ran. */
export function printing(text: string, more: readonly string[] = []): readonly string[] {
  return ['echo run >> "$0.runs"', ...more, "cat <<'END'", text, 'END'];
}

/** The session of a profile, as a program asks for it. */
export function asksFor(rig: BrokerRig, profile: string, minLeftMs = 0): Promise<Result<LiveHeld>> {
  return rig.sessions.credentials(profile, { minLeftMs, requester: unknownProgram() });
}

/** A person's answer to the question whether a command may run. */
export async function answerCommand(rig: BrokerRig, permission: 'run' | 'refuse' = 'run'): Promise<CommandQuestion> {
  const question = await rig.shows('a question about a command', (state) => (state.question?.kind === 'command' ? state.question : undefined));
  rig.broker.commands.answerQuestion({ questionId: question.questionId, permission });
  return question;
}

/** An entry of the config file with a temporary key. */
export function temporaryKey(name: string, session: ClientSession, more: readonly string[] = []): string {
  const { accessKeyId, secretAccessKey, sessionToken } = session;
  const lines = [`aws_access_key_id = ${accessKeyId}`, `aws_secret_access_key = ${secretAccessKey}`, `aws_session_token = ${sessionToken}`];
  return [`[profile ${name}]`, ...lines, ...more, ''].join('\n');
}

/** The calls of STS so far, by the name of the action. */
export function callsOf(aws: LocalAws, action: string): number {
  return aws.calls.filter((call) => call.action === action).length;
}

/** An entry of the config file with a role that is assumed with another profile. */
export function deployFrom(source: string, roleArn: string): string {
  return `[profile deploy]\nrole_arn = ${roleArn}\nsource_profile = ${source}\n`;
}

export function inMinutes(minutes: number): Date {
  return new Date(Date.now() + minutes * 60_000);
}
