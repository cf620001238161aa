import { visit, type ParseErrorCode } from 'jsonc-parser';
import type { Result } from '../contract/app-error.ts';
import { wellFormed } from '../core/terraform/language/functions/json.ts';
import { labelled } from '../core/terraform/language/blocks.ts';
import { emptyBody, positionOf, type Body, type OpenBody } from '../core/terraform/structure/body.ts';
import { appError, failed, succeeded } from '../core/errors.ts';

/** How deep a file may be nested; Terraform's own never are. */
const depthMax = 200;

/** How long a number may be written, so that a double is the same, or seen to be another one. */
const numberMax = 16;

type Level = { readonly body: OpenBody | null; readonly list: unknown[] | null; readonly own: Body | unknown[]; name: string };

/**
 * Reads a file in HCL's JSON syntax. A name that stands twice in an object is kept as a list of both
 * values, as HCL takes them, where `JSON.parse` would keep the last. Fails with `project-broken` `{file, line, reason}`.
 */
export function parseJsonFile(file: string, source: string): Result<Body> {
  const text = source.replace(/^\uFEFF/, '');
  const levels: Level[] = [];
  const whole: unknown[] = [];
  const faults: number[] = [];
  const put = (value: unknown): void => {
    const level = levels.at(-1);
    if (level === undefined) whole.push(value);
    else if (level.body === null) level.list?.push(value);
    else level.body[level.name] = level.name in level.body ? both(level.body[level.name], value) : value;
  };
  const open = (level: Level, line: number): boolean => {
    put(level.own);
    levels.push(level);
    if (levels.length > depthMax) faults.push(line);
    return faults.length === 0;
  };
  visit(
    text,
    {
      onObjectBegin: (offset, _length, line) => {
        const body = emptyBody({ line: line + 1, offset });
        return open({ body, list: null, own: body, name: '' }, line);
      },
      onObjectProperty: (name) => {
        const level = levels.at(-1);
        if (level !== undefined) level.name = wellFormed(name);
      },
      onObjectEnd: () => void levels.pop(),
      onArrayBegin: (_offset, _length, line) => {
        const list: unknown[] = [];
        return open({ body: null, list, own: list, name: '' }, line);
      },
      onArrayEnd: () => void levels.pop(),
      onLiteralValue: (value: unknown, offset, length) => {
        if (typeof value === 'string') put(wellFormed(value));
        else put(typeof value === 'number' && !isExact(text.slice(offset, offset + length)) ? Number.NaN : value);
      },
      onError: (_error: ParseErrorCode, _offset, _length, line) => void faults.push(line),
    },
    { disallowComments: true, allowTrailingComma: false },
  );
  const [body] = whole;
  const isBody = typeof body === 'object' && body !== null;
  // The parser's messages quote the file, which may hold a secret.
  if (faults.length > 0 || !isBody || whole.length > 1)
    return failed(appError('project-broken', { file, line: (faults[0] ?? 0) + 1, reason: 'Invalid JSON.' }));
  return succeeded(Array.isArray(body) ? listBody(body) : (body as Body));
}

/**
 * The same for a configuration, whose texts are templates: of each, HCL passes over the mark with which some editors begin
 * a file. The default of a variable is none, but what it says itself, and is given as the template that says it.
 */
export function parseJsonConfiguration(file: string, source: string): Result<Body> {
  const read = parseJsonFile(file, source);
  if (!read.ok) return read;
  const defaults = labelled(read.value['variable'], 1).flatMap(({ body }) => ('default' in body ? [[body, body['default']] as const] : []));
  for (const [body, said] of defaults) (body as OpenBody)['default'] = mapped(said, asTemplate);
  return succeeded(/[^]\uFEFF|\\ufeff/i.test(source) ? (mapped(read.value, withoutMark) as Body) : read.value);
}

/** The template that says a text. */
function asTemplate(text: string): string {
  return text.replace(/^\uFEFF/, '\uFEFF\uFEFF').replaceAll(/[$%]\{/g, (sign) => `${sign.slice(0, 1)}${sign}`);
}

function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, '');
}

/** Changes all texts, names among them. */
function mapped(json: unknown, change: (text: string) => string): unknown {
  if (typeof json === 'string') return change(json);
  if (Array.isArray(json)) return json.map((item) => mapped(item, change));
  if (typeof json !== 'object' || json === null) return json;
  const body = emptyBody(positionOf(json as Body) ?? undefined);
  for (const [name, value] of Object.entries(json)) body[change(name)] = mapped(value, change);
  return body;
}

/** A number of which this is not known is left as none at all, and so stays unknown. */
function isExact(number: string): boolean {
  return number.length <= numberMax && !/[eE][+-]?\d{3}/.test(number);
}

/** A file may be a list of bodies. */
function listBody(bodies: readonly unknown[]): Body {
  const body = emptyBody();
  for (const one of bodies) {
    if (typeof one !== 'object' || one === null) continue;
    for (const [name, value] of Object.entries(one)) body[name] = name in body ? both(body[name], value) : value;
  }
  return body;
}

function both(before: unknown, next: unknown): readonly unknown[] {
  return [...(Array.isArray(before) ? (before as unknown[]) : [before]), ...(Array.isArray(next) ? (next as unknown[]) : [next])];
}
