import { randomUUID } from 'node:crypto';
import type { AppError, ErrorCode } from '../../contract/app-error.ts';
import { errorAnswer } from '../../core/relay/error-answer.ts';

/** What a caller gets. */
export type RelayAnswer = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string | Buffer };

/** The two sentences of an error in the app's language. */
export type Sentences = (error: AppError) => string;

/** By its status and code a client decides whether to try again; none of these makes one do so. */
const kinds: Partial<Record<ErrorCode, readonly [status: number, code: string]>> = {
  'relay-request-invalid': [400, 'ValidationError'],
  'relay-role-unreadable': [400, 'ValidationError'],
  'relay-clock-off': [403, 'SignatureDoesNotMatch'],
  'network-unreachable': [400, 'RelayFailed'],
  'certificate-refused': [400, 'RelayFailed'],
  'proxy-invalid': [400, 'RelayFailed'],
  'endpoint-in-clear': [400, 'RelayFailed'],
  'ca-bundle-unreadable': [400, 'RelayFailed'],
  'unexpected-answer': [400, 'RelayFailed'],
};

/** A refusal as STS would say it, with our sentences. `requestType` is the media type of the request. */
export function refusalOf(error: AppError, sentences: Sentences, requestType = ''): RelayAnswer {
  const [status, code] = kinds[error.code] ?? [403, 'AccessDenied'];
  const requestId = randomUUID();
  const { contentType, body, ...answer } = errorAnswer({ status, code, message: sentences(error), requestId }, requestType);
  return { status: answer.status, headers: { 'content-type': contentType, 'x-amzn-requestid': requestId }, body };
}
