/** An answer as it goes over HTTP. */
export type ErrorAnswer = { readonly status: number; readonly contentType: string; readonly body: string };

export type RefusedCall = {
  readonly status: number;
  /** As STS would name it, such as `AccessDenied`: clients decide by it whether to try again. */
  readonly code: string;
  readonly message: string;
  readonly requestId: string;
};

/**
 * A refusal in STS's own form ("Error responses" of the query protocol), which every client shows to
 * its user; in JSON for one that sent JSON.
 */
export function errorAnswer({ status, code, message, requestId }: RefusedCall, requestType: string): ErrorAnswer {
  if (/^application\/(x-amz-)?json/i.test(requestType)) {
    return { status, contentType: 'application/x-amz-json-1.1', body: JSON.stringify({ __type: code, message }) };
  }
  const error = `<Error><Type>Sender</Type><Code>${escaped(code)}</Code><Message>${escaped(message)}</Message></Error>`;
  const body = `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${error}<RequestId>${escaped(requestId)}</RequestId></ErrorResponse>\n`;
  return { status, contentType: 'text/xml', body };
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** Without the characters that XML 1.0 has no place for, which would also reach the user's terminal. */
function escaped(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, ' ').replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}
