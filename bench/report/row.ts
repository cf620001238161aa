import { digits, percentOver } from './numbers.ts';
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
      return ours.median <= budget.max ? null : `${percentOver(ours.median / budget.max)} over`;
    case 'ratio':
      if (ratio === null) return 'nothing to compare with';
      return ratio.median <= budget.max ? null : `${percentOver(ratio.median / budget.max)} over`;
  }
}
