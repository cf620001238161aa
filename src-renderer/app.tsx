import { useEffect, useLayoutEffect, useMemo, useSyncExternalStore } from 'react';
import type { StsTrayApi, View } from '../src-main/contract/ipc.ts';
import type { UiState } from '../src-main/contract/ui-state.ts';
import { AppContext } from './context/app-context.ts';
import { FittedContent } from './context/fitted-content.tsx';
import { MfaView } from './prompts/mfa-view.tsx';
import { PanelView } from './panel/panel-view.tsx';
import { QuestionView } from './questions/question-view.tsx';
import { SignInView } from './sign-in/sign-in-view.tsx';
import { SettingsView } from './settings/settings-view.tsx';
import type { UiStore } from './state/ui-store.ts';
import { createTexts } from './texts/texts.ts';
import type { Clock } from './time/clock.ts';

type AppProps = {
  readonly view: View;
  readonly api: StsTrayApi;
  readonly store: UiStore;
  readonly clock: Clock;
  /** The user's locales, as the system orders them; they decide how dates and numbers look. */
  readonly regions: readonly string[];
};

/** One window. It shows nothing until the first state is there, which takes one IPC round trip, and is not on the screen until then. */
export function App({ view, api, store, clock, regions }: AppProps) {
  const state = useSyncExternalStore(store.subscribe, store.read, store.read);
  const language = state?.language ?? 'en';
  const home = state?.desktop.home ?? null;
  const texts = useMemo(() => createTexts(language, regions, home), [language, regions, home]);
  const platform = state?.desktop.platform ?? 'linux';
  const context = useMemo(() => ({ api, clock, texts, platform }), [api, clock, texts, platform]);

  const title = texts.t(`title.${view}`);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = title;
  }, [language, title]);
  const shows = state !== null;
  // Fields take the focus in layout effects too, and those of what is inside this come first; so does the content's height.
  useLayoutEffect(() => {
    if (shows) api.takesKeys();
  }, [shows, api]);

  if (state === null) return null;
  return (
    <AppContext value={context}>
      <ViewOf view={view} state={state} />
    </AppContext>
  );
}

function ViewOf({ view, state }: { readonly view: View; readonly state: UiState }) {
  switch (view) {
    case 'panel':
      return <PanelView state={state} />;
    case 'mfa':
      return state.prompt === null ? null : (
        <FittedContent key={state.prompt.promptId}>
          <MfaView prompt={state.prompt} accounts={state.accounts} settings={state.settings} home={state.desktop.home} />
        </FittedContent>
      );
    case 'sign-in':
      return state.signInPrompt === null ? null : (
        <FittedContent key={state.signInPrompt.promptId}>
          <SignInView prompt={state.signInPrompt} accounts={state.accounts} home={state.desktop.home} />
        </FittedContent>
      );
    case 'question':
      return state.question === null ? null : (
        <FittedContent key={state.question.questionId}>
          <QuestionView question={state.question} accounts={state.accounts} known={state.settings.accounts} home={state.desktop.home} />
        </FittedContent>
      );
    case 'settings':
      return <SettingsView state={state} />;
  }
}
