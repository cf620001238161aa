import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import type { AwsError } from './aws-error.ts';
import type { Call } from './call-record.ts';
import type { XmlContent } from './xml.ts';

/** What the client gets. */
export type Reply =
  | {
      readonly kind: 'reply';
      readonly status: number;
      readonly headers: OutgoingHttpHeaders;
      readonly body: string | Buffer | IncomingMessage;
    }
  | { readonly kind: 'drop-connection' }
  /** Half of what would be the body. */
  | { readonly kind: 'cut-body'; readonly status: number; readonly headers: OutgoingHttpHeaders; readonly body: string | Buffer }
  | { readonly kind: 'no-answer' };

/** A call that has been handled, and the reply that is still to be sent. */
export type Handled = { readonly call: Call; readonly reply: Reply };

/** What a service answered, and what CloudTrail keeps of it. */
export type Outcome = {
  readonly reply: Extract<Reply, { kind: 'reply' }>;
  /** Null where the answer was another service's. */
  readonly result: XmlContent;
  readonly refusal: Pick<AwsError, 'code' | 'message'> | null;
};

export function typedReply(status: number, contentType: string, body: string): Outcome['reply'] {
  return { kind: 'reply', status, headers: { 'content-type': contentType }, body };
}
