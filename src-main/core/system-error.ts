/**
 * The code of an error that the operating system reported, such as `ENOENT` (Node.js documentation,
 * "Class: SystemError"); null for an error without one, which is a bug.
 */
export function systemErrorCode(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' ? code : null;
}

/** The same as a reason to show, `unknown` where there is no code. */
export function systemErrorReason(error: unknown): string {
  return systemErrorCode(error) ?? 'unknown';
}
