import { describe, expect, it } from 'vitest';
import { loginSignIn, portalSignIn } from '../../testing/samples/sample-state.ts';
import type { Command } from '../contract/ipc.ts';
import { shippedTexts } from '../../testing/texts/shipped-texts.ts';
import type { NotificationRequest } from '../platform/desktop/notifications.ts';
import { SignInAlerts } from './sign-in-alerts.ts';

const end = 12 * 3_600_000;
const active = { kind: 'active', since: 0, endsAt: end, identity: null } as const;

function started(language: 'en' | 'ja' = 'en') {
  const shown = new Map<string, NotificationRequest>();
  const executed: Command[] = [];
  const notifications = {
    show: async (key: string, request: NotificationRequest) => {
      shown.set(key, request);
      return true;
    },
    close: (key: string) => void shown.delete(key),
  };
  const alerts = new SignInAlerts({ execute: (command) => executed.push(command), notifications, text: () => shippedTexts[language] });
  return { alerts, shown, executed };
}

describe('the notification of a sign-in that ends', () => {
  it.for([
    ['en', portalSignIn(active), 'corp: sign-in ends in 10 min', 'https://corp.awsapps.com/start'],
    ['en', loginSignIn(active), 'sandbox: sign-in ends in 10 min', 'us-east-1'],
    ['ja', portalSignIn(active), 'corp: サインインはあと 10 分で期限が切れます', 'https://corp.awsapps.com/start'],
    ['ja', loginSignIn(active), 'sandbox: サインインはあと 10 分で期限が切れます', 'us-east-1'],
  ] as const)('the notification of a sign-in that ends says in %s where to sign in again, and a click opens that', ([language, signIn, title, where]) => {
    const { alerts, shown, executed } = started(language);
    alerts.warn({ signIn, endsAt: end, left: 600_000 });
    const [request] = shown.values();
    expect(request).toMatchObject({ title, body: expect.stringContaining(where) });
    request?.onAction();
    expect(executed).toEqual([{ name: 'signIn', request: { signInId: signIn.signInId } }]);
  });

  it('the notification of a sign-in that ends stays while that is so, and goes once somebody signed in again or out', () => {
    for (const state of [{ ...active, endsAt: 2 * end }, { kind: 'none' }] as const) {
      const { alerts, shown } = started();
      alerts.warn({ signIn: loginSignIn(active), endsAt: end, left: 600_000 });
      alerts.changed([loginSignIn(active)]);
      expect(shown.size).toBe(1);
      alerts.changed([loginSignIn(state)]);
      expect(shown.size).toBe(0);
    }
  });
});
