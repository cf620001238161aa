import type { Broker } from '../broker/broker.ts';
import type { NewProgram } from '../broker/hand-offs/new-programs.ts';
import { ReminderClock } from '../broker/projects/reminder-clock.ts';
import { SessionClock } from '../broker/sessions/session-clock.ts';
import type { Command } from '../contract/ipc.ts';
import type { Reminder } from '../core/projects/destroy-reminder.ts';
import type { Warning } from '../core/sessions/countdown.ts';
import { sessionRequest } from '../core/sessions/session.ts';
import { newProgramText, reminderText, warningText } from '../core/texts/session-texts.ts';
import type { Translate } from '../core/texts/translate.ts';
import type { AppNotifications } from '../platform/desktop/notifications.ts';
import { onWakeUp } from '../platform/desktop/power.ts';
import { SignInAlerts } from './sign-in-alerts.ts';

type Parts = {
  readonly broker: Pick<Broker, 'store' | 'limited' | 'held' | 'heldSignIns' | 'projects' | 'newPrograms'>;
  readonly execute: (command: Command) => void;
  readonly notifications: AppNotifications;
  /** Something that counts down reads differently now. */
  readonly onTick: () => void;
  readonly text: () => Translate;
  readonly now: () => number;
};

/** What the passing of time brings up: sessions that end soon, and projects that are still deployed. */
export function startAlerts({ broker, execute, notifications, onTick, text, now }: Parts): { readonly dispose: () => void } {
  const { store, held, projects } = broker;

  const renew = (name: string): void => {
    const profile = store.profile(name);
    if (profile !== undefined) execute({ name: 'requestSession', request: sessionRequest(profile) });
  };
  const warn = (warning: Warning): void => {
    const { profile } = warning;
    const session = store.profile(profile)?.session;
    if (session === undefined || !('identity' in session)) return;
    const content = warningText(text(), warning, session.identity.accountId);
    void notifications.show(profile, { ...content, action: text()('tray:renew-action'), onAction: () => renew(profile) });
  };
  const remind = (reminder: Reminder): Promise<boolean> =>
    notifications.show(reminder.folder, {
      ...reminderText(text(), reminder, { now: now(), home: store.content.desktop.home }),
      action: text()('tray:destroy-action'),
      onAction: () => execute({ name: 'openPanel', request: {} }),
    });

  const announce = ({ profile, accountId, program }: NewProgram): void => {
    if (store.content.settings.notifyMinutes.length === 0) return;
    const content = newProgramText(text(), program, { profile, account: accountId, home: store.content.desktop.home });
    void notifications.show(`program ${program.pid}`, {
      ...content,
      action: text()('tray:program-action'),
      onAction: () => execute({ name: 'showHistory', request: {} }),
    });
  };
  const offNew = broker.newPrograms.onNew(announce);

  const signInAlerts = new SignInAlerts({ execute, notifications, text });
  const onSignInWarning = signInAlerts.warn.bind(signInAlerts);
  const clock = new SessionClock({ store, held, limited: broker.limited, now, onWarning: warn, onSignInWarning, onTick });
  const reminders = new ReminderClock({ store, now, reminded: (folder) => projects.recordReminder(folder), onReminder: remind });
  const wakeUp = onWakeUp(() => {
    broker.heldSignIns.tick();
    clock.tick();
    reminders.tick();
  });
  const unsubscribe = store.subscribe(({ profiles, signIns }) => {
    // Nothing is left to warn of once the session was renewed or ended.
    for (const { name, session } of profiles) if (session.kind === 'active' || session.kind === 'none') notifications.close(name);
    signInAlerts.changed(signIns);
  });
  return {
    dispose: () => {
      unsubscribe();
      offNew();
      for (const part of [clock, reminders, wakeUp, notifications]) part.dispose();
    },
  };
}
