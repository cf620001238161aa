import type { TerminalCredentials } from '../contract/settings.ts';
import type { Account, HeldSession, Language } from '../contract/ui-state.ts';
import type { Warning } from './countdown.ts';
import { durationText, type Translate } from './translate.ts';

/** The text of a notification about a session's end. */
export function warningText(t: Translate, warning: Warning, account: string): { readonly title: string; readonly body: string } {
  const { profile } = warning;
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

/**
 * The title of a terminal's window: which session it has, and until when; a renewable one has no end
 * that could be named. Plain ASCII between the parts, since xterm shows nothing else where the locale
 * is not installed; for the same reason the word before those of production is English everywhere.
 */
export function terminalTitle(
  t: Translate,
  language: Language,
  profile: string,
  session: HeldSession,
  credentials: TerminalCredentials = 'static',
  account: Pick<Account, 'production'> | null = null,
): string {
  const mark = account?.production === true ? 'PRODUCTION ' : '';
  const of = { profile, account: session.identity.accountId };
  if (credentials === 'renewable') return mark + t('tray:terminal-title-renewable', of);
  const time = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(session.expiresAt);
  return mark + t('tray:terminal-title', { ...of, time });
}
