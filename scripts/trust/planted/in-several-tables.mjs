import { change } from './change.mjs';

// What takes away what rows of several tables say.

export const printable = [change('src-main/core/printable.ts', String.raw`text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')`, 'text')];

/** The place that a key comes from is touched before the one that it goes to. */
export const keyIsTakenFirst = [
  change('src-main/broker/profiles/access-key-mover.ts', 'const kept = await keepProven(', 'const kept = await parts.removeFromFiles('),
  change(
    'src-main/broker/profiles/access-key-mover.ts',
    'kept.ok ? parts.removeFromFiles(profile, key.value) :',
    'kept.ok ? keepProven(profile, key.value, parts) :',
  ),
];
