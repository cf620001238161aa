import { changeText, type Comparison } from './comparison.ts';
import { digits, withSpread } from './numbers.ts';
import { missedBy, type Budget, type Row, type Unit } from './row.ts';

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
