import { createContext, use } from 'react';
import type { StsTrayApi } from '../../src-main/contract/ipc.ts';
import type { Desktop } from '../../src-main/contract/desktop/desktop.ts';
import type { Texts } from '../texts/texts.ts';
import type { Clock } from '../time/clock.ts';

/** What any component may need from outside: the commands, the time, the language. */
export type AppServices = { readonly api: StsTrayApi; readonly clock: Clock; readonly texts: Texts; readonly platform: Desktop['platform'] };

export const AppContext = createContext<AppServices | null>(null);

export function useApp(): AppServices {
  const services = use(AppContext);
  if (services === null) throw new Error('AppContext is missing');
  return services;
}

export function useTexts(): Texts {
  return useApp().texts;
}
