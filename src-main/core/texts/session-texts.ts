import type { Asker } from '../../contract/question.ts';
import type { TerminalCredentials } from '../../contract/settings.ts';
import type { Account, HeldSession, Language } from '../../contract/ui-state.ts';
import type { Warning } from '../sessions/countdown.ts';
import type { SignInWarning } from '../sessions/ending-sign-ins.ts';
import type { Reminder } from '../projects/destroy-reminder.ts';
import { folderName, fromHome } from '../folder-name.ts';
import { nameMax, pathMax, shortened } from '../printable.ts';
import { durationText, type Translate } from './translate.ts';

/** The text of a notification about a session's end. */
export function warningText(t: Translate, warning: Warning, account: string): { readonly title: string; readonly body: string } {
  const profile = shortened(warning.profile, nameMax);
  switch (warning.kind) {
    case 'expiring':
      return {
        title: t('tray:expiring-title', { profile, left: durationText(t, warning.left) }),
        body: t('tray:expiring-body', { account }),
      };
    case 'expired':
      return { title: t('tray:expired-title', { profile }), body: t('tray:expired-body', { account }) };
  }
}

/** The text of a notification that a person has to sign in again soon. */
export function signInWarningText(t: Translate, { signIn, left }: SignInWarning): { readonly title: string; readonly body: string } {
  const { startUrl, region } = signIn;
  const name = shortened(signIn.name, nameMax);
  return {
    title: t('tray:sign-in-ending-title', { name, left: durationText(t, left) }),
    body: startUrl === null ? t('tray:sign-in-ending-login', { name, region }) : t('tray:sign-in-ending-portal', { startUrl: shortened(startUrl, pathMax) }),
  };
}

/** The text of a notification that a program got a session, and never had one before. */
export function newProgramText(
  t: Translate,
  { pid, command, folder, verified, peer }: Asker,
  of: { readonly profile: string; readonly account: string; readonly home: string },
) {
  const program = { command: shortened((peer ?? { command }).command, nameMax), pid: (peer ?? { pid }).pid };
  const where = folder === null || peer !== null ? '' : ` ${t('tray:program-folder', { folder: shortened(fromHome(folder, of.home), pathMax) })}`;
  return {
    title: t('tray:program-title', { command: program.command, profile: shortened(of.profile, nameMax) }),
    body: `${t(verified ? 'tray:program-body' : 'tray:program-body-unverified', { ...program, account: of.account })}${where}`,
  };
}

/** The text of a reminder of what a project has deployed. `now` and the apply's time are epoch milliseconds, `home` is the user's. */
export function reminderText(
  t: Translate,
  { folder, deployed }: Reminder,
  { now, home }: { readonly now: number; readonly home: string },
): { readonly title: string; readonly body: string } {
  const accounts = deployed.accountIds.length === 0 ? t('tray:destroy-account-unknown') : deployed.accountIds.join(', ');
  const project = shortened(folderName(folder), nameMax);
  const shown = shortened(fromHome(folder, home), pathMax);
  const ran = deployed.destroyRanAt;
  if (ran !== null)
    return { title: t('tray:destroyed-title', { project }), body: t('tray:destroyed-body', { accounts, folder: shown, ago: durationText(t, now - ran) }) };
  return {
    title: t('tray:destroy-title', { project }),
    body: t('tray:destroy-body', { accounts, folder: shown, ago: durationText(t, now - deployed.at) }),
  };
}

/**
 * The title of a terminal's window: which session it has, and until when; a renewable one has no fixed
 * end. After it stand the session policies, if it has some. Only plain ASCII stands between the parts, since xterm shows nothing else when the locale is not
 * installed. For the same reason the word for production is always English.
 */
export function terminalTitle(
  t: Translate,
  language: Language,
  profile: string,
  session: HeldSession,
  credentials: TerminalCredentials = 'static',
  account: Pick<Account, 'production'> | null = null,
  policies: readonly string[] = [],
): string {
  const mark = account?.production === true ? 'PRODUCTION ' : '';
  const of = { profile: shortened(profile, nameMax), account: session.identity.accountId };
  const limits = policies.length === 0 ? '' : ` - ${shortened(policies.join(', '), nameMax)}`;
  if (credentials === 'renewable') return mark + t('tray:terminal-title-renewable', of) + limits;
  const time = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(session.expiresAt);
  return mark + t('tray:terminal-title', { ...of, time }) + limits;
}

/** What a terminal says whose start files changed these variables. */
export function terminalChanged(t: Translate, profile: string, names: string): string {
  return t('tray:terminal-changed', { profile: shortened(profile, nameMax), names });
}

/** What the browser shows when it comes back from a sign-in. */
export function returnPage(t: Translate, language: Language): { readonly language: Language; readonly title: string; readonly body: string } {
  return { language, title: t('tray:returned-title'), body: t('tray:returned-body') };
}
