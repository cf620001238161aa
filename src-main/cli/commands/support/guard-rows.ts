import type { GuardRow, Verdict } from '../../../contract/guard.ts';
import type { Tone } from '../../texts/colors.ts';
import type { CliKey } from '../../texts/texts.ts';

type VerdictLook = {
  readonly mark: string;
  readonly tone: Tone;
  /** In a word. */
  readonly word: CliKey;
  /** At the end of the line of a run that starts. */
  readonly outcome: CliKey;
};

/** How each verdict looks, the worst first. */
export const verdictLooks: Readonly<Record<Verdict, VerdictLook>> = {
  mismatch: { mark: '✗', tone: 'bad', word: 'verdict-mismatch', outcome: 'verdict-mismatch' },
  unknown: { mark: '?', tone: 'unsure', word: 'verdict-unknown', outcome: 'verdict-unknown' },
  'at-run-time': { mark: '●', tone: 'unsure', word: 'verdict-at-run-time', outcome: 'verdict-at-run-time' },
  unstated: { mark: '?', tone: 'unsure', word: 'verdict-unstated', outcome: 'verdict-unstated' },
  match: { mark: '✓', tone: 'good', word: 'verdict-match', outcome: 'guard-as-expected' },
};

const order = Object.keys(verdictLooks);

/** The worst first, and those of one verdict in the order of the report. */
export function worstFirst(rows: readonly GuardRow[]): readonly GuardRow[] {
  return rows.toSorted((one, other) => order.indexOf(one.verdict) - order.indexOf(other.verdict));
}

type Some<T> = readonly [T, ...(readonly T[])];

/** The rows that are the same in what `key` says, in the order in which each first stands. */
export function alike(rows: readonly GuardRow[], key: (row: GuardRow) => unknown): readonly Some<GuardRow>[] {
  const groups = new Map<string, Some<GuardRow>>();
  for (const row of rows) {
    const of = JSON.stringify(key(row));
    const group = groups.get(of);
    groups.set(of, group === undefined ? [row] : [...group, row]);
  }
  return [...groups.values()];
}
