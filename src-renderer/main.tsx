import { createRoot } from 'react-dom/client';
import type { View } from '../src-main/contract/ipc.ts';
import { App } from './app.tsx';
import './look/fonts.css';
import './look/tokens.css';
import './look/base.css';
import { createUiStore } from './state/ui-store.ts';
import { createClock } from './time/clock.ts';

function requestedView(search: string): View {
  const view = new URLSearchParams(search).get('view');
  switch (view) {
    case 'mfa':
    case 'sign-in':
    case 'question':
    case 'settings':
      return view;
    default:
      return 'panel';
  }
}

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

createRoot(root).render(
  <App
    view={requestedView(window.location.search)}
    api={window.stsTray}
    store={createUiStore(window.stsTray)}
    clock={createClock(document, Date.now)}
    regions={navigator.languages}
  />,
);
