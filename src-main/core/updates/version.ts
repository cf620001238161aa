/** A version of the app (Semantic Versioning 2.0.0), without build metadata. */
export const versionPattern =
  /^(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})(?:-((?:0|[1-9]\d{0,5}|\d*[A-Za-z-][\dA-Za-z-]*)(?:\.(?:0|[1-9]\d{0,5}|\d*[A-Za-z-][\dA-Za-z-]*))*))?$/;
export const versionLengthMax = 64;

/** Whether a version comes after another one (Semantic Versioning 2.0.0, 11). False where one of them is none. */
export function isNewer(version: string, than: string): boolean {
  const [one, other] = [partsOf(version), partsOf(than)];
  return one !== null && other !== null && compared(one, other) > 0;
}

/** Whether who runs a version is to be told of another one: one that is newer, and a candidate only to who runs one. */
export function isOffered(version: string, running: string): boolean {
  return isNewer(version, running) && (isCandidate(running) || !isCandidate(version));
}

/** Whether a version is a candidate, or another one that comes before a release. */
export function isCandidate(version: string): boolean {
  return (partsOf(version)?.before.length ?? 0) > 0;
}

type Parts = { readonly numbers: readonly number[]; readonly before: readonly string[] };

function partsOf(version: string): Parts | null {
  const match = versionPattern.exec(version);
  if (match === null) return null;
  const [, major, minor, patch, before] = match;
  return { numbers: [major, minor, patch].map(Number), before: before === undefined ? [] : before.split('.') };
}

function compared(one: Parts, other: Parts): number {
  const byNumbers = firstDifference(one.numbers, other.numbers, (a, b) => a - b);
  if (byNumbers !== 0) return byNumbers;
  // A release comes after its candidates.
  if (one.before.length === 0 || other.before.length === 0) return other.before.length - one.before.length;
  return firstDifference(one.before, other.before, byIdentifier) || one.before.length - other.before.length;
}

function firstDifference<T>(one: readonly T[], other: readonly T[], by: (a: T, b: T) => number): number {
  for (const [index, a] of one.entries()) {
    const b = other[index];
    const difference = b === undefined ? 0 : by(a, b);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Numbers come before words. */
function byIdentifier(one: string, other: string): number {
  const [isNumber, isOtherNumber] = [/^\d+$/.test(one), /^\d+$/.test(other)];
  if (isNumber && isOtherNumber) return Number(one) - Number(other);
  if (isNumber !== isOtherNumber) return isNumber ? -1 : 1;
  return one < other ? -1 : Number(one > other);
}
