import { changeText, type Comparison } from './comparison.ts';
import { digits, withSpread } from './numbers.ts';
import { ratiosOf, spreadOf, type Spread } from './statistics.ts';

export type Unit = 'ms' | 'MB' | '%' | '/s' | '';

/** What a row has to keep to; `information` has no limit. */
export type Budget =
  | { readonly kind: 'ratio'; readonly max: number }
  | { readonly kind: 'value'; readonly max: number }
  | { readonly kind: 'exactly'; readonly value: number }
  | { readonly kind: 'information' };

export type Row = {
  readonly what: string;
  readonly unit: Unit;
  /** Which values are the better ones. */
  readonly better: 'less' | 'more';
  readonly ours: Spread;
  readonly reference: Spread | null;
  /** What the reference is; '' without one. */
  readonly against: string;
  /** The ratio of neighbouring measurements; null where there is no reference or it is 0. */
  readonly ratio: Spread | null;
  readonly budget: Budget;
  /** Why the budget is missed, if it is, and what else the reader should know; or ''. */
  readonly note: string;
};

export type Measured = {
  readonly what: string;
  readonly unit: Unit;
  /** By default `less`. */
  readonly better?: Row['better'];
  readonly ours: readonly number[];
  readonly reference?: { readonly what: string; readonly values: readonly number[] };
  readonly budget: Budget;
  /** The reason, in case the budget is missed. */
  readonly whyMissed?: string;
  /** What the reader should know in any case. */
  readonly note?: string;
};

export function rowOf({ what, unit, better = 'less', ours, reference, budget, whyMissed = '', note = '' }: Measured): Row {
  const isComparable = reference !== undefined && reference.values.every((value) => value > 0);
  const row: Row = {
    what,
    unit,
    better,
    ours: spreadOf(ours),
    reference: reference === undefined ? null : spreadOf(reference.values),
    against: reference?.what ?? '',
    ratio: isComparable ? spreadOf(ratiosOf(ours, reference.values)) : null,
    budget,
    note,
  };
  return missedBy(row) === null ? row : { ...row, note: [whyMissed, note].filter((sentence) => sentence !== '').join(' ') };
}

/** By how much a budget is missed: null where it is met, or where there is none. */
export function missedBy({ ours, ratio, budget }: Row): string | null {
  switch (budget.kind) {
    case 'information':
      return null;
    case 'exactly':
      return ours.median === budget.value ? null : `${digits(ours.median - budget.value)} too many`;
    case 'value':
      return ours.median <= budget.max ? null : `${percent(ours.median / budget.max)} over`;
    case 'ratio':
      if (ratio === null) return 'nothing to compare with';
      return ratio.median <= budget.max ? null : `${percent(ratio.median / budget.max)} over`;
  }
}

/** The rows as a Markdown table, which also reads as a table in a terminal; with a column for the result of before where there is one. */
export function table(rows: readonly Row[], before: Comparison | null = null): string {
  const header = ['what', 'ours', 'reference', 'against', 'ratio', 'budget', 'met', ...(before === null ? [] : ['before'])];
  const cells = [header, ...rows.map((row) => [...cellsOf(row), ...(before === null ? [] : [changeText(row, before(row))])])];
  const widths = header.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  const [first = [], ...others] = cells;
  return [line(first), rule, ...others.map(line)].join('\n');
}

function cellsOf(row: Row): readonly string[] {
  const { what, unit, ours, reference, against, ratio, budget } = row;
  return [
    what,
    withSpread(ours, unit),
    reference === null ? '' : withSpread(reference, unit),
    against,
    ratio === null ? '' : withSpread(ratio, '×'),
    budgetText(budget, unit),
    budget.kind === 'information' ? '' : (missedBy(row) ?? 'yes'),
  ];
}

/** A sentence for each row that has one. */
export function notes(rows: readonly Row[]): readonly string[] {
  return rows.filter(({ note }) => note !== '').map(({ what, against, note }) => `${against === '' ? what : `${what}, against ${against}`}: ${note}`);
}

function budgetText(budget: Budget, unit: Unit): string {
  switch (budget.kind) {
    case 'information':
      return '';
    case 'exactly':
      return `${budget.value}`;
    case 'value':
      return `≤ ${digits(budget.max)} ${unit}`.trim();
    case 'ratio':
      return `≤ ${digits(budget.max)} ×`;
  }
}

function percent(times: number): string {
  return `${digits((times - 1) * 100)} %`;
}
