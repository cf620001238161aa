import type { GuardReport, GuardRow, Verdict } from '../../../contract/guard.ts';
import { aligned, type CliKey, type Texts } from '../../texts/texts.ts';

/** All that the account guard found in a project, as lines of text. */
export function guardText(report: GuardReport, texts: Texts): string {
  const { t, sentences } = texts;
  const { rows, folder, statementLines: lines, state, obstacles } = report;
  const reasons = rows.flatMap(({ reason, verdict }) => (reason === null || verdict === 'unstated' ? [] : [sentences(reason) ?? reason.code]));
  return [
    ...(rows.length > 0 ? [table(rows, texts)] : obstacles.length === 0 ? [`${t('guard-no-providers', { folder })}\n`] : []),
    ...(state.role === null ? [] : [`${t('guard-state', { role: state.role })}\n`]),
    ...(state.profile === null ? [] : [`${t('guard-state-profile', { profile: state.profile })}\n`]),
    ...obstacles.map((obstacle) => `${sentences(obstacle) ?? obstacle.code}\n`),
    // Several providers may be wrong in the same way.
    ...[...new Set(reasons)].map((reason) => `${reason}\n`),
    ...(lines === null ? [] : [`\n${t('guard-unstated-note')}\n\n${indented(lines)}\n${t('guard-why-both')}\n`]),
  ].join('');
}

const verdictKeys = {
  match: 'verdict-match',
  mismatch: 'verdict-mismatch',
  'at-run-time': 'verdict-at-run-time',
  unknown: 'verdict-unknown',
  unstated: 'verdict-unstated',
} as const satisfies Record<Verdict, CliKey>;

function table(rows: readonly GuardRow[], { t }: Texts): string {
  return aligned([
    [t('column-provider'), t('column-role'), t('column-account'), t('column-region'), t('column-verdict')],
    ...rows.map((row) => [
      row.address,
      row.roles.length === 0 ? t('guard-no-role') : row.roles.join(' → '),
      accountText(row, t),
      row.region ?? t('guard-no-region'),
      t(verdictKeys[row.verdict]),
    ]),
  ]);
}

function accountText({ account }: GuardRow, t: Texts['t']): string {
  if (account === null) return t('guard-no-account');
  const marks = [...(account.alias === null ? [] : [account.alias]), ...(account.production ? [t('guard-production')] : [])];
  return marks.length === 0 ? account.accountId : `${account.accountId} (${marks.join(', ')})`;
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '    ');
}
