import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { readClaimedSignature, type ClaimedSignature, type RequestHead } from './aws-request.ts';
import { readParameters, type Parameters } from './parameters.ts';

/** A request whose signature has been read but not checked. */
export type SignedRequest = {
  readonly incoming: IncomingMessage;
  readonly head: RequestHead;
  readonly claim: ClaimedSignature;
  /** Null for S3, whose body is read when its signature, which covers a hash of it, was right. */
  readonly body: Buffer | null;
  readonly parameters: Parameters;
  /** As in `Call.action`. */
  readonly action: string;
};

/** Reads as much of a request as is needed to know what it asks for. */
export async function readSignedRequest(incoming: IncomingMessage, head: RequestHead): Promise<SignedRequest> {
  const claim = readClaimedSignature(head);
  const body = claim.service === 's3' ? null : await buffer(incoming);
  const parameters = body === null ? new Map<string, string>() : readParameters(head, body);
  const jsonAction = head.headers['x-amz-target']?.split('.').at(-1);
  const action = parameters.get('Action') ?? jsonAction ?? `${head.method} ${head.path}`;
  return { incoming, head, claim, body, parameters, action };
}
