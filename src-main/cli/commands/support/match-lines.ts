import type { GuardReport, GuardRow } from '../../../contract/guard.ts';
import { oneLine } from '../../../core/printable.ts';
import { columns } from '../../texts/texts.ts';
import { reachedText, roleNames, type Look } from './account-text.ts';
import { alike, verdictLooks } from './guard-rows.ts';

/** How wide the names of the providers of one account may be together, in columns. */
const namesWidth = 20;

const brand = 'STS Tray';

/** Where a run goes that nobody has to be asked about: a line for each account and role; nothing where it has no provider. */
export function matchLines({ rows }: Pick<GuardReport, 'rows'>, look: Look): string {
  const { texts, paint } = look;
  const groups = alike(rows, ({ verdict, account, roles }) => [verdict, account?.accountId, roleNames(roles)]);
  const names = groups.map(shownNames);
  const width = Math.max(0, ...names.map(columns));
  const lines = groups.map(([row], index) => {
    const { mark, tone, outcome } = verdictLooks[row.verdict];
    const name = names[index] ?? '';
    const start = index === 0 ? `${paint(tone, mark)} ${brand}` : ' '.repeat(columns(`${mark} ${brand}`));
    return `${start}  ${name}${' '.repeat(width - columns(name))} → ${destination(row, look)}  ${paint(tone, texts.t(outcome))}\n`;
  });
  return lines.join('');
}

/** `prod-eu 2222-2222-2222 (deploy)` */
export function destination({ account, roles }: GuardRow, look: Look): string {
  const { t } = look.texts;
  const where = account === null ? t('guard-no-account') : reachedText(account, look);
  return roles.length === 0 ? where : where + t('guard-with-role', { role: roleNames(roles) });
}

/** As many as there is room for, and how many more there are. */
export function shownNames(rows: readonly GuardRow[]): string {
  const names = rows.map(({ address }) => oneLine(address));
  const shown = names.filter((_, index) => index === 0 || columns(names.slice(0, index + 1).join(', ')) <= namesWidth);
  return shown.length === names.length ? shown.join(', ') : `${shown.join(', ')} +${names.length - shown.length}`;
}
