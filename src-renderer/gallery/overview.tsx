import { useState } from 'react';
import type { View } from '../../src-main/contract/ipc.ts';
import type { Language } from '../../src-main/contract/ui-state.ts';
import { galleryStates } from './states/gallery-states.ts';
import styles from './overview.module.css';
import { lookedAt } from './shown-state.tsx';

type Theme = 'light' | 'dark';

/** In CSS pixels, as `platform/windows/windows.ts` opens them. */
const sizes: Readonly<Record<View, { readonly width: number; readonly height: number }>> = {
  panel: { width: 400, height: 560 },
  mfa: { width: 360, height: 460 },
  'sign-in': { width: 420, height: 530 },
  question: { width: 440, height: 290 },
  settings: { width: 520, height: 680 },
};

const states = Object.entries(galleryStates(lookedAt));

/** Every state in a frame of its own, where media queries and popups behave as in a window. */
export function Overview() {
  const [language, setLanguage] = useState<Language>('en');
  const [theme, setTheme] = useState<Theme>('light');
  const [zoom, setZoom] = useState(1);
  const [part, setPart] = useState('');
  const shown = states.filter(([name]) => name.includes(part.trim()));
  return (
    <>
      <header className={styles.bar}>
        <h1>STS Tray gallery</h1>
        <label>
          State <input type="search" value={part} onChange={(event) => setPart(event.target.value)} />
        </label>
        <label>
          Language{' '}
          <select value={language} onChange={(event) => setLanguage(event.target.value === 'ja' ? 'ja' : 'en')}>
            <option value="en">English</option>
            <option value="ja">日本語</option>
          </select>
        </label>
        <label>
          Theme{' '}
          <select value={theme} onChange={(event) => setTheme(event.target.value === 'dark' ? 'dark' : 'light')}>
            <option value="light">light</option>
            <option value="dark">dark</option>
          </select>
        </label>
        <label>
          Zoom{' '}
          <select value={zoom} onChange={(event) => setZoom(Number(event.target.value))}>
            <option value={1}>100 %</option>
            <option value={2}>200 %</option>
          </select>
        </label>
        <span role="status">{shown.length} states</span>
        <a href="#parts">Parts</a>
      </header>
      <main className={styles.states}>
        {shown.map(([name, { view }]) => (
          <figure key={name} className={styles.state}>
            <figcaption>
              <a href={`#state=${name}&language=${language}`}>{name}</a>
            </figcaption>
            {/* oxlint-disable-next-line react/iframe-missing-sandbox -- our own page, which needs its scripts and its origin */}
            <iframe
              title={name}
              loading="lazy"
              src={`#state=${name}&language=${language}`}
              width={sizes[view].width / zoom}
              height={sizes[view].height / zoom}
              style={{ zoom, colorScheme: theme }}
            />
          </figure>
        ))}
      </main>
    </>
  );
}
