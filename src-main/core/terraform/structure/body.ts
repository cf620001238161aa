const position = Symbol('position');

/**
 * What a file says inside of a pair of braces, in the form that hcl2json gives it: its strings are
 * templates, and blocks are lists below their labels.
 */
export type Body = { readonly [name: string]: unknown; readonly [position]?: Position };

/** Where a body begins. */
export type Position = {
  /** Counted from 1. */
  readonly line: number;
  /** In UTF-16 code units of the file. */
  readonly offset: number;
};

/** Why a file cannot be read. */
export type SyntaxFault = { readonly line: number; readonly reason: string };

/** A body that is being filled. */
export type OpenBody = { [name: string]: unknown; [position]?: Position };

/** A file may name an argument `constructor`, so a body inherits no names. */
export function emptyBody(at?: Position): OpenBody {
  const body = Object.create(null) as OpenBody;
  if (at !== undefined) body[position] = at;
  return body;
}

/** Null for a body that stands in no file. */
export function positionOf(body: Body): Position | null {
  return body[position] ?? null;
}
