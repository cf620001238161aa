import type { Broker } from '../broker/broker.ts';
import { LoginChoice } from '../broker/state/login-choice.ts';
import type { LaunchOptions } from '../platform/programs/launch-options.ts';

/** The choice to start at login, kept in step with the system's own list. */
export function startAtLogin({ store, settings }: Pick<Broker, 'store' | 'settings'>, { env, userDataDir, appImage }: LaunchOptions): LoginChoice {
  const login = { platform: process.platform, env, userDataDir, appImage };
  // The system is asked when the app has started.
  const item = () => import('../platform/desktop/login-item.ts');
  return new LoginChoice({
    store,
    settings,
    item: { isSet: async () => (await item()).isLoginItem(login), set: async (starts) => (await item()).setLoginItem(starts, login) },
  });
}
