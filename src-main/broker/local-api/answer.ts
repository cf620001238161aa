import { STATUS_CODES, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';
import type { AppError, ErrorCode } from '../../contract/app-error.ts';
import type { ApiFailure } from '../../contract/local-api.ts';
import { oneLine } from '../../core/printable.ts';

/** What a request gets: the answer, or why there is none with the HTTP status for it. */
export type Outcome = { readonly answer: unknown } | Refusal;
export type Refusal = { readonly status: number; readonly error: AppError };

/** The two sentences of an error in the app's language. */
export type Sentences = (error: AppError) => string;

/** A client without a JSON parser, such as `bin/sts-tray`, derives its exit code from these. */
const statuses: Partial<Record<ErrorCode, number>> = {
  'request-invalid': 400,
  'account-mismatch': 403,
  'profile-unknown': 404,
  'mfa-timeout': 408,
  'action-unanswered': 408,
  'program-unanswered': 408,
  'mfa-cancelled': 409,
  'action-refused': 409,
  'program-refused': 409,
  'app-quitting': 503,
};

export function refusalFor(error: AppError): Refusal {
  return { status: statuses[error.code] ?? 422, error };
}

/**
 * Answers with JSON; a failure as its sentences alone to a client that accepts `text/plain`.
 * An answer that is nothing but text goes to such a client as it is. `keepReading` is called when the request has not arrived as a whole yet.
 */
export function answer(
  { message, response }: { readonly message: IncomingMessage; readonly response: ServerResponse },
  outcome: Outcome,
  { sentences, keepReading }: { readonly sentences: Sentences; readonly keepReading: () => void },
): void {
  const { status, type, body } = contentOf(outcome, sentences, takesText(message));
  respond({ message, response }, { status, headers: headersFor(type, body), body }, keepReading);
}

/** Sends an answer, to a request that may not have arrived as a whole yet. */
export function respond(
  { message, response }: { readonly message: IncomingMessage; readonly response: ServerResponse },
  { status, headers, body }: { readonly status: number; readonly headers: OutgoingHttpHeaders; readonly body: string | Buffer },
  keepReading: () => void,
): void {
  response.writeHead(status, headers);
  if (message.complete) {
    response.end(body);
    return;
  }
  // A client that is still sending would see its request fail before it could read why.
  response.write(body);
  message.once('end', () => response.end());
  keepReading();
  message.resume();
}

/** The same failure as bytes for the socket, for what never became a request that Node could answer. */
export function rawRefusal(refusal: Refusal, sentences: Sentences): string {
  const { status, type, body } = contentOf(refusal, sentences, false);
  const headers = Object.entries(headersFor(type, body)).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${headers.join('')}\r\n${body}`;
}

function takesText({ headers }: IncomingMessage): boolean {
  return (headers.accept ?? '').split(',').some((type) => /^\s*text\/plain\s*(;|$)/i.test(type));
}

function contentOf(outcome: Outcome, sentences: Sentences, asText: boolean): { status: number; type: string; body: string } {
  const [json, plain] = ['application/json', 'text/plain; charset=utf-8'];
  if ('answer' in outcome) {
    const { answer: said } = outcome;
    return asText && isText(said) ? { status: 200, type: plain, body: said.text } : { status: 200, type: json, body: JSON.stringify(said) };
  }
  const failure: ApiFailure = { error: outcome.error, sentences: sentences(outcome.error) };
  // Whoever asks for text shows it as it is.
  return asText
    ? { status: outcome.status, type: plain, body: `${oneLine(failure.sentences)}\n` }
    : { status: outcome.status, type: json, body: JSON.stringify(failure) };
}

/** An answer that is nothing but text. */
function isText(said: unknown): said is { readonly text: string } {
  return typeof said === 'object' && said !== null && 'text' in said && typeof said.text === 'string';
}

function headersFor(type: string, body: string): Record<string, string | number> {
  return { 'content-type': type, 'content-length': Buffer.byteLength(body), 'cache-control': 'no-store', connection: 'close' };
}
