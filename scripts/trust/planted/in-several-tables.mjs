import { change } from './change.mjs';

// What takes away what rows of several tables say.

export const printable = [change('src-main/core/printable.ts', String.raw`text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')`, 'text')];

/** The place that a key comes from is touched before the one that it goes to. */
export const keyIsTakenFirst = [
  change('src-main/broker/profiles/access-key-mover.ts', 'const kept = await parts.vault.keep(', 'const kept = await parts.removeFromFiles('),
  change('src-main/broker/profiles/access-key-mover.ts', 'await prove(profile, key.value, parts)', 'await parts.verifyKey(profile, key.value)'),
  change('src-main/broker/profiles/access-key-mover.ts', 'return parts.removeFromFiles(', 'return parts.vault.keep('),
];
