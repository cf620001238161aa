import { createRoot } from 'react-dom/client';
import '../look/fonts.css';
import '../look/tokens.css';
import '../look/base.css';
import { Overview } from './overview.tsx';
import { PartsSheet } from './parts-sheet.tsx';
import { ShownState } from './shown-state.tsx';

// One state for `#state=NAME&language=ja`, the parts for `#parts`, else the overview of all of them.

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
const page = createRoot(root);
show();
window.addEventListener('hashchange', show);

function show(): void {
  const wanted = new URLSearchParams(window.location.hash.slice(1));
  const state = wanted.get('state');
  const language = wanted.get('language') === 'ja' ? 'ja' : 'en';
  const sheet = wanted.has('parts') ? <PartsSheet language={language} /> : <Overview />;
  page.render(state === null ? sheet : <ShownState key={window.location.hash} name={state} language={language} />);
}
