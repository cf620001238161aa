import type { SSOClient } from '@aws-sdk/client-sso';
import type { STSClient } from '@aws-sdk/client-sts';
import { limitedBody } from './limited-body.ts';

/** What the SDK's handler puts into a response. */
type Received = { readonly statusCode: number; readonly headers: Readonly<Record<string, string>>; body: unknown };

/** No answer of STS or IAM comes near this, in bytes. */
const bytesMax = 4 * 1024 * 1024;

/**
 * Lets a client of STS or IAM believe only answers of the AWS Query protocol: `<ACTIONResponse>`, whole, where the
 * status says yes. The SDK does not look where it expects no values, so the page of a portal, or of a proxy that opens
 * TLS connections, would be taken for a key that was deactivated or a policy that was written, and for an empty list.
 * A page with a refusal is no answer either; one with a status from 500 is a service that failed.
 *
 * A call then throws an error whose name is the content type, such as `text/html`, and that is not tried again. Where
 * the connection ends within the body it throws Node's error, `ECONNRESET`, which is tried again.
 */
export function requireAwsAnswers({ middlewareStack }: Pick<STSClient, 'middlewareStack'>): void {
  middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const done = await next(args);
        const response = done.response as Received;
        const { statusCode, headers } = response;
        if (statusCode >= 500) return done;
        const body = await bytesOf(response.body);
        response.body = body;
        const type = headers['content-type'] ?? '';
        const isAnswer = statusCode < 300 ? isWhole(body.toString('utf8').trim(), commandName.replace(/Command$/, '')) : !/html/i.test(type);
        if (!isAnswer) throw Object.assign(new Error('This is no answer of AWS'), { name: type || 'no content type' });
        return done;
      },
    // Next to the network: what the SDK makes of the answer comes after it.
    { step: 'deserialize', priority: 'low', name: 'requireAwsAnswers' },
  );
}

/**
 * The same for the services that people sign in with, which speak JSON: an object, or nothing at all, as for Logout. The
 * SDK would tell of a page that it is no JSON, and would take one for the end of a sign-in where it expects no values.
 */
export function requireJsonAnswers({ middlewareStack }: Pick<SSOClient, 'middlewareStack'>): void {
  middlewareStack.add(
    (next) => async (args) => {
      const done = await next(args);
      const response = done.response as Received;
      const { statusCode, headers } = response;
      // The status says enough.
      if (statusCode >= 500 || statusCode === 429) return { ...done, response: Object.assign(response, { body: Buffer.alloc(0) }) };
      const body = await bytesOf(response.body);
      response.body = body;
      const type = headers['content-type'] ?? '';
      if (/html/i.test(type) || !isObject(body.toString('utf8').trim())) {
        const name = /json/i.test(type) ? 'broken JSON' : type || 'no content type';
        throw Object.assign(new Error('This is no answer of AWS'), { name });
      }
      return done;
    },
    { step: 'deserialize', priority: 'low', name: 'requireJsonAnswers' },
  );
}

function isObject(text: string): boolean {
  if (text === '') return true;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

function isWhole(text: string, action: string): boolean {
  const begins = new RegExp(`^(?:<\\?xml[^>]*>\\s*)?<${action}Response[\\s>]`);
  return begins.test(text) && text.endsWith(`</${action}Response>`);
}

async function bytesOf(body: unknown): Promise<Buffer> {
  if (body instanceof Uint8Array) return Buffer.from(body);
  const bytes = await limitedBody((body ?? []) as AsyncIterable<Buffer>, bytesMax);
  if (bytes === null) throw Object.assign(new Error('This is no answer of AWS'), { name: 'more than an answer' });
  return bytes;
}
