import type { Command } from '../contract/ipc.ts';
import type { SignIn } from '../contract/sign-in.ts';
import { knownEnd, type SignInWarning } from '../core/sessions/ending-sign-ins.ts';
import { signInWarningText } from '../core/texts/session-texts.ts';
import type { Translate } from '../core/texts/translate.ts';
import type { AppNotifications } from '../platform/desktop/notifications.ts';

type Parts = {
  readonly execute: (command: Command) => void;
  readonly notifications: Pick<AppNotifications, 'show' | 'close'>;
  readonly text: () => Translate;
};

/** Tells that a person has to sign in again soon, and opens that with a click. */
export class SignInAlerts {
  readonly #parts: Parts;
  /** The ends that were told of, in epoch milliseconds, by sign-in. */
  readonly #warned = new Map<string, number>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  warn(warning: SignInWarning): void {
    const { execute, notifications, text } = this.#parts;
    const { signInId } = warning.signIn;
    this.#warned.set(signInId, warning.endsAt);
    void notifications.show(keyOf(signInId), {
      ...signInWarningText(text(), warning),
      action: text()('tray:sign-in-action'),
      onAction: () => execute({ name: 'signIn', request: { signInId } }),
    });
  }

  /** Takes back what is not true any more: somebody signed in again, or out, or the place is gone. */
  changed(signIns: readonly SignIn[]): void {
    for (const [signInId, endsAt] of this.#warned) {
      const signIn = signIns.find((one) => one.signInId === signInId);
      if (signIn !== undefined && (signIn.state.kind === 'ended' || knownEnd(signIn) === endsAt)) continue;
      this.#warned.delete(signInId);
      this.#parts.notifications.close(keyOf(signInId));
    }
  }
}

/** Beside the names of profiles. */
function keyOf(signInId: string): string {
  return `sign-in ${signInId}`;
}
