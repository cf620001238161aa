/** An action of STS with its parameters, as the query protocol carries them. */
export type StsRequest = { readonly action: string; readonly parameters: ReadonlyMap<string, string> };

/** The parts of an HTTP request that hold them. */
export type CarriedRequest = {
  readonly method: string;
  /** What follows the `?`; empty without one. */
  readonly query: string;
  /** The body's media type; empty without one. */
  readonly contentType: string;
  readonly body: string;
};

/** `reason` never repeats what was in the request, which may hold a token. */
export type StsReading = { readonly kind: 'request'; readonly request: StsRequest } | { readonly kind: 'invalid'; readonly reason: string };

/** The only version that STS has (AWS STS API reference, "Common parameters"). */
const apiVersion = '2011-06-15';

/** AssumeRole takes 50 tags of two parameters each, 50 transitive keys and 10 policies; the rest is room. */
const parametersMax = 300;

const parameterName = /^[A-Za-z][\w.]{0,127}$/;

/** What belongs to the signature, and not to the action. */
const signatureParameter = /^x-amz-/i;

/**
 * Reads a request of the AWS query protocol: a form in the body of a POST, or the query string of a
 * GET. Strict where two parsers could read differently, since the one that decides is at AWS: a name
 * that is there twice in any case, a broken escape, a form beside a query string are refused.
 */
export function parseStsRequest({ method, query, contentType, body }: CarriedRequest): StsReading {
  const invalid = (reason: string): StsReading => ({ kind: 'invalid', reason });
  if (method !== 'POST' && method !== 'GET') return invalid('neither a POST nor a GET');
  if (method === 'POST' && query !== '') return invalid('a query string beside a form');
  if (method === 'GET' && body !== '') return invalid('a GET with a body');
  if (method === 'POST' && !/^application\/x-www-form-urlencoded *(;|$)/i.test(contentType)) return invalid('no form of the query protocol');
  const pairs = pairsOf(method === 'POST' ? body : query);
  if (typeof pairs === 'string') return invalid(pairs);
  const { Action: action, Version: version, ...others } = pairs;
  if (action === undefined || !/^[A-Za-z]{1,64}$/.test(action)) return invalid('no action');
  if (version !== undefined && version !== apiVersion) return invalid('another version of the API');
  return { kind: 'request', request: { action, parameters: new Map(Object.entries(others)) } };
}

/** The request as a form: what was judged is what is sent, however it was written. */
export function formOf({ action, parameters }: StsRequest): string {
  const pairs = [['Action', action], ['Version', apiVersion], ...parameters] as const;
  return pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
}

/** The pairs of a form, or why it is refused. */
function pairsOf(form: string): Readonly<Record<string, string>> | string {
  const pieces = form.split('&').filter((piece) => piece !== '');
  if (pieces.length > parametersMax) return `more than ${parametersMax} parameters`;
  const pairs: Record<string, string> = {};
  const seen = new Set<string>();
  for (const piece of pieces) {
    const [rawName = '', ...rest] = piece.split('=');
    const [name, value] = [decoded(rawName), decoded(rest.join('='))];
    if (name === null || value === null) return 'a broken escape';
    if (signatureParameter.test(name)) continue;
    if (!parameterName.test(name)) return 'a parameter whose name is none';
    if (seen.has(name.toLowerCase())) return 'a parameter that is there twice';
    seen.add(name.toLowerCase());
    pairs[name] = value;
  }
  return pairs;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
}
