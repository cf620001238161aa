/** The step of a TOTP device, in milliseconds (RFC 6238; IAM's virtual devices use 30 s). */
const step = 30_000;

/** AWS also accepts the codes of the neighbouring steps, so a code can be valid for this long. */
const usableFor = 3 * step;

export type UsedCode = { readonly serial: string; readonly code: string; readonly usedAt: number };

/** When the device shows its next code, in epoch milliseconds. */
export function nextCodeAt(now: number): number {
  return (Math.floor(now / step) + 1) * step;
}

/** The used codes whose second use AWS would still refuse. */
export function stillRefused(used: readonly UsedCode[], now: number): readonly UsedCode[] {
  return used.filter(({ usedAt }) => now - usedAt < usableFor);
}

export function isUsed(used: readonly UsedCode[], serial: string, code: string, now: number): boolean {
  return stillRefused(used, now).some((entry) => entry.serial === serial && entry.code === code);
}
