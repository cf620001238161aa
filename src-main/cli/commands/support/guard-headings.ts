import { basename } from 'node:path';
import type { GuardReport } from '../../../contract/guard.ts';
import type { Clearance } from '../../../core/terraform/verdict/clearance.ts';
import type { Tone } from '../../texts/colors.ts';
import type { CliKey } from '../../texts/texts.ts';
import type { Look } from './account-text.ts';
import { verdictLooks } from './guard-rows.ts';
import { guardText, said } from './guard-text.ts';

/** What the guard has to say about a run that does not simply start: why, and what it found. */
export function runText(report: GuardReport, { needed, command }: { readonly needed: Clearance; readonly command: string }, look: Look): string {
  const { mark, tone, heading } = headingOf(needed);
  return `${look.paint(tone, `${mark} ${look.texts.t(heading, { command })}`)}\n${guardText(report, look, 'short')}\n`;
}

/** What `sts-tray check` found. `isMeant`: whether something says which account a run is meant for, `--account` included. */
export function checkText(report: GuardReport, look: Look, isMeant = true): string {
  const { t } = look.texts;
  const { profile, workspace } = report;
  const { mark, tone } = verdictLooks[report.verdict];
  const folder = basename(report.folder) || report.folder;
  const of = workspace === 'default' ? t('guard-heading-check', { folder, profile }) : t('guard-heading-check-workspace', { folder, workspace, profile });
  // Without it, nothing would say why the check ends as for a refusal.
  const why = report.verdict === 'at-run-time' && !isMeant ? `\n${said(t('guard-check-nothing-meant'))}` : '';
  return `${look.paint(tone, `${mark} ${of}`)}\n${guardText(report, look, 'full')}${why}`;
}

function headingOf(needed: Clearance): { readonly mark: string; readonly tone: Tone; readonly heading: CliKey } {
  switch (needed.kind) {
    case 'refuse':
      return { mark: '✗', tone: 'bad', heading: 'guard-heading-stopped' };
    case 'confirm':
      return { mark: '?', tone: 'unsure', heading: 'guard-heading-asks' };
    case 'type-accounts':
      return { mark: '!', tone: 'bad', heading: 'guard-heading-production' };
    case 'warn':
    case 'at-run-time':
    case 'go':
      return { mark: '?', tone: 'unsure', heading: 'guard-heading-warns' };
  }
}
