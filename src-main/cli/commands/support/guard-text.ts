import type { GuardReport, GuardRow } from '../../../contract/guard.ts';
import { groupedId } from '../../../core/aws-names/grouped-id.ts';
import { oneLine } from '../../../core/printable.ts';
import { plain } from '../../texts/colors.ts';
import { columns } from '../../texts/texts.ts';
import { lineWidth as width, wrapped } from '../../texts/wrapped.ts';
import { reachedText, roleNames, type Look } from './account-text.ts';
import { alike, verdictLooks, worstFirst } from './guard-rows.ts';
import { destination, shownNames } from './match-lines.ts';

const rowIndent = '  ';
const factIndent = '    ';

/** How many regions and files of providers that are alike are named. */
const fewest = 4;

/** `full`: a paragraph for each provider. `short`: those that match take a line. */
type Extent = 'full' | 'short';

/** All that the account guard found in a project, the worst first. Only lines that are there to be copied are wider than 72 columns. */
export function guardText(report: GuardReport, look: Look, extent: Extent): string {
  const { t, sentences } = look.texts;
  const { rows, folder, statementLines: lines, state, obstacles } = report;
  const names = namesOf(report);
  const same = alike(worstFirst(rows), (row) => [row.verdict, row.account?.accountId, row.roles, row.verdict === 'match' ? null : row.address]);
  const inShort = extent === 'short' ? same.filter(([row]) => row.verdict === 'match') : [];
  const sections = [
    ...same.filter((group) => !inShort.includes(group)).map((group) => paragraph(group, names, look)),
    inShort.map((group) => line(group, look)).join(''),
    ...(rows.length === 0 && obstacles.length === 0 ? [said(t('guard-no-providers', { folder }))] : []),
    ...(state.role === null ? [] : [said(t('guard-state', { role: state.role }))]),
    ...(state.profile === null ? [] : [said(t('guard-state-profile', { profile: state.profile }))]),
    ...(state.account === null ? [] : [said(t('guard-state-account', { account: reachedText(state.account, look) }))]),
    ...obstacles.map((obstacle) => said(sentences(obstacle) ?? obstacle.code)),
    ...(lines === null ? [] : [said(t('guard-unstated-note')), indented(lines.trimEnd().split('\n'), factIndent), said(t('guard-why-both'))]),
  ];
  return sections.filter((section) => section !== '').join('\n');
}

/** A sentence below the providers. */
export function said(sentence: string): string {
  return indented(wrapped(sentence, width - rowIndent.length), rowIndent);
}

/** Names of the accounts that are in the report, for those that are only meant. */
function namesOf({ rows, production }: GuardReport): ReadonlyMap<string, string> {
  const accounts = [...rows.flatMap(({ account }) => account ?? []), ...production];
  return new Map(accounts.flatMap(({ accountId, name }) => (name === null ? [] : [[accountId, oneLine(name)] as const])));
}

type Group = ReturnType<typeof alike>[number];

function line(group: Group, look: Look): string {
  const [row] = group;
  const { mark, tone } = verdictLooks[row.verdict];
  return `${rowIndent}${look.paint(tone, mark)} ${shownNames(group)} → ${destination(row, look)}\n`;
}

function paragraph(group: Group, names: ReadonlyMap<string, string>, look: Look): string {
  const { texts, paint } = look;
  const [row] = group;
  const { mark, tone, word } = verdictLooks[row.verdict];
  const addresses = group.map(({ address }) => oneLine(address)).join(', ');
  const heading = wrapped(`${addresses}: ${texts.t(word)}`, width - factIndent.length).map((part) => paint('strong', part));
  const sentence = row.reason === null ? [] : wrapped(texts.sentences(row.reason) ?? row.reason.code, width - factIndent.length);
  const start = `${rowIndent}${paint(tone, mark)} `;
  return indented(heading, factIndent).replace(factIndent, start) + facts(group, names, look) + indented(sentence, factIndent);
}

/** What is known of a provider, each behind its name. */
function facts(group: Group, names: ReadonlyMap<string, string>, look: Look): string {
  const { t } = look.texts;
  const [row] = group;
  const { account, roles } = row;
  const production = t('guard-production-mark');
  const known: readonly (readonly [string, string | null])[] = [
    [t('guard-account'), account === null ? t('guard-no-account') : reachedText(account, { ...look, paint: plain })],
    [t('guard-expected'), expectedOf(row, names)],
    [t('guard-profile'), row.profile === undefined ? null : oneLine(row.profile)],
    [t('guard-role'), roles.length === 0 ? t('guard-no-role') : roleNames(roles)],
    [t('guard-region'), unique(group, ({ region }) => region ?? t('guard-no-region'))],
    [t('guard-file'), unique(group, ({ place }) => (place === null ? null : `${place.file}${place.line === null ? '' : `:${place.line}`}`))],
  ];
  const shown = known.flatMap(([label, value]) => (value === null ? [] : [[label, value] as const]));
  const labels = Math.max(...shown.map(([label]) => columns(label)));
  const indent = ' '.repeat(factIndent.length + labels + 2);
  return shown
    .map(([label, value]) => {
      const start = `${factIndent}${look.paint('quiet', label)}${' '.repeat(labels - columns(label) + 2)}`;
      // Painted once it is broken into lines: a colour has no width.
      const lines = wrapped(value, width - columns(indent)).map((each) =>
        account?.production === true ? each.replace(production, look.paint('production', production)) : each,
      );
      return indented(lines, indent).replace(indent, start);
    })
    .join('');
}

/** What the project asks for, and where: of the reasons that name it. */
function expectedOf({ reason }: GuardRow, names: ReadonlyMap<string, string>): string | null {
  const meant = reason?.params['meant'] ?? reason?.params['named'];
  if (typeof meant !== 'string' || meant === '') return null;
  const accounts = meant.split(', ').map((id) => [groupedId(id), names.get(id)].filter(Boolean).join(' '));
  const source = reason?.params['source'];
  return oneLine(accounts.join(', ') + (typeof source === 'string' ? ` (${source})` : ''));
}

/** A few of the values. */
function unique(rows: readonly GuardRow[], of: (row: GuardRow) => string | null): string | null {
  const values = [...new Set(rows.flatMap((row) => of(row) ?? []))];
  if (values.length === 0) return null;
  const more = values.length > fewest ? ` +${values.length - fewest}` : '';
  return oneLine(values.slice(0, fewest).join(', ')) + more;
}

function indented(lines: readonly string[], indent: string): string {
  return lines.map((each) => (each === '' ? '\n' : `${indent}${each}\n`)).join('');
}
