import { jsonOf } from '../json.ts';

/** The `sub` of a JSON Web Token, which is not checked here: AWS checks the token. Null where it cannot be read. */
export function subjectOf(token: string): string | null {
  const [, payload] = token.split('.');
  if (payload === undefined || !/^[\w-]+={0,2}$/.test(payload)) return null;
  const bytes = bytesOf(payload.replaceAll('-', '+').replaceAll('_', '/'));
  const claims = bytes === null ? null : jsonOf(new TextDecoder().decode(bytes));
  const sub = typeof claims === 'object' && claims !== null && 'sub' in claims ? claims.sub : null;
  return typeof sub === 'string' && sub !== '' ? sub : null;
}

function bytesOf(base64: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(base64), (character) => character.codePointAt(0) ?? 0);
  } catch {
    return null;
  }
}
