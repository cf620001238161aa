import { statSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import {
  CallerFiles,
  callerFilesHeader,
  launcherRequests,
  projectBytesMax,
  requestBytesMax,
  requestSchemas,
  type ApiName,
  type ApiRequest,
} from '../../contract/local-api.ts';
import { appError } from '../../core/errors.ts';
import type { Refusal } from './answer.ts';
import { readBytes } from './body.ts';

/** A request that was parsed against its schema. */
export type ApiCall = { readonly [N in ApiName]: { readonly name: N; readonly request: ApiRequest<N>; readonly files: CallerFiles | null } }[ApiName];

/** A request as it was read, or why it is not taken; null when its client went away before its end. */
export async function readCall(message: IncomingMessage): Promise<ApiCall | Refusal | null> {
  const route = routeOf(message);
  if ('status' in route) return route;
  const fields =
    route.query === null
      ? await readBody(message, carriesProject(route.name) ? projectBytesMax : requestBytesMax)
      : fieldsOf(message, route.query, launcherRequests[route.name] ?? []);
  if (fields === null || isRefusal(fields)) return fields;
  const parsed = requestSchemas[route.name].safeParse(fields.value);
  if (!parsed.success) return refusal(400, 'a field is missing, unknown or wrong');
  const { pid } = parsed.data as { readonly pid?: number };
  if (pid !== undefined && isForeign(pid)) return refusal(400, 'the process belongs to another user');
  const files = filesOf(message);
  if (files === 'wrong') return refusal(400, `the header ${callerFilesHeader} is wrong`);
  return { name: route.name, request: parsed.data, files } as ApiCall;
}

/** Null where the request does not say; not every program does. */
function filesOf({ headers }: IncomingMessage): CallerFiles | null | 'wrong' {
  const text = headers[callerFilesHeader];
  if (text === undefined) return null;
  try {
    return CallerFiles.parse(JSON.parse(decodeURIComponent(String(text))));
  } catch {
    return 'wrong';
  }
}

export function isRefusal(outcome: object): outcome is Refusal {
  return 'status' in outcome;
}

/** Never repeats what was in the request, which may be a code. */
export function refusal(status: number, reason: string): Refusal {
  return { status, error: appError('request-invalid', { reason }) };
}

type Fields = { readonly value: unknown };

/** `query` is null for a POST, whose fields are its body. */
function routeOf({ method, url = '', headers }: IncomingMessage): { name: ApiName; query: string | null } | Refusal {
  const [, name = '', query] = /^\/v1\/([a-z-]+)(?:\?(.*))?$/.exec(url) ?? [];
  if (!isApiName(name)) return refusal(404, 'no such path');
  // Browsers send the page's origin, and no page may ask here.
  if (headers.origin !== undefined) return refusal(400, 'a web page asks');
  if (method === 'GET' && Object.hasOwn(launcherRequests, name)) return { name, query: query ?? '' };
  if (method !== 'POST' || query !== undefined) return refusal(400, 'not a POST without a query');
  if (!/^application\/json *(;|$)/i.test(headers['content-type'] ?? '')) return refusal(400, 'not application/json');
  return { name, query: null };
}

function carriesProject(name: ApiName): boolean {
  return name === 'check' || name === 'hand-off';
}

function isApiName(name: string): name is ApiName {
  return Object.hasOwn(requestSchemas, name);
}

/** `lists` may be there more than once. */
function fieldsOf(message: IncomingMessage, query: string, lists: readonly string[]): Fields | Refusal {
  // No body is expected here, but without reading it the request would never end.
  message.resume();
  const parameters = new URLSearchParams(query);
  const fields = [...parameters].filter(([name]) => !lists.includes(name));
  const value = Object.fromEntries(fields);
  if (Object.keys(value).length !== fields.length) return refusal(400, 'a field is there twice');
  return { value: { ...value, ...Object.fromEntries(lists.map((name) => [name, parameters.getAll(name)])) } };
}

async function readBody(message: IncomingMessage, bytesMax: number): Promise<Fields | Refusal | null> {
  const body = await readBytes(message, bytesMax);
  if (body === 'too-large') return refusal(413, `larger than ${bytesMax} bytes`);
  if (body === null) return null;
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) };
  } catch {
    return refusal(400, 'not JSON');
  }
}

/**
 * Whether a process that the request names runs as another user. `/proc/PID` has the owner of the
 * process (proc(5)), and its permissions let everybody see that, so the owner is never root's
 * stand-in for a process that may not be dumped. Other systems, and processes that this one cannot
 * see from its container, go unchecked: the pid decides nothing but what the prompt says.
 */
function isForeign(pid: number): boolean {
  if (process.platform !== 'linux') return false;
  // Nothing waits for a disk there.
  const owner = statSync(`/proc/${pid}`, { throwIfNoEntry: false })?.uid;
  return owner !== undefined && owner !== process.getuid?.();
}
