/** The step of a TOTP device, in milliseconds (RFC 6238; IAM's virtual devices use 30 s). */
const step = 30_000;

/** AWS takes the codes of the neighbouring steps too, so a used code may come up again this long. */
const usableFor = 3 * step;

export type UsedCode = { readonly serial: string; readonly code: string; readonly usedAt: number };

/** When the device shows its next code, in epoch milliseconds. */
export function nextCodeAt(now: number): number {
  return (Math.floor(now / step) + 1) * step;
}

/** The codes of which AWS would still refuse a second use. */
export function stillRefused(used: readonly UsedCode[], now: number): readonly UsedCode[] {
  return used.filter(({ usedAt }) => now - usedAt < usableFor);
}

export function isUsed(used: readonly UsedCode[], serial: string, code: string, now: number): boolean {
  return stillRefused(used, now).some((entry) => entry.serial === serial && entry.code === code);
}
