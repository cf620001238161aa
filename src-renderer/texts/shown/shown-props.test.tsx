import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { hostileTexts } from '../../../testing/samples/hostile-texts.ts';
import { App } from '../../app.tsx';
import { galleryStates } from '../../gallery/states/gallery-states.ts';
import { silentApi } from '../../gallery/silent-api.ts';

const at = new Date(2030, 0, 2, 12).getTime();
const gallery = galleryStates(at);
type Shown = (typeof gallery)[string];

/** What is in the state besides words of the app's own: each may be chosen by somebody else. */
const chosenByOthers = new Set([
  ...['name', 'alias', 'accountAlias', 'userName', 'roleName', 'sourceProfile', 'userProfile', 'profile', 'arn', 'role', 'roleArn', 'sessionName'],
  ...['command', 'program', 'folder', 'executable', 'file', 'config', 'credentials', 'caBundle', 'endpoint', 'proxy', 'serial', 'mfaSerial', 'devices'],
  ...['address', 'expression', 'region', 'workspace', 'label', 'policyName', 'document', 'text', 'service', 'error', 'backup', 'installedAs', 'terminal'],
]);
const marker = 'ZZ';

/** A state with a text behind everything that somebody else may choose, in the params of every failure too. */
function withEach<T>(value: T, text: string, key = ''): T {
  if (typeof value === 'string') return (chosenByOthers.has(key) ? `${value}${marker}${text}` : value) as T;
  if (Array.isArray(value)) return value.map((each: unknown) => withEach(each, text, key)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const isParams = 'code' in value && 'params' in value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      isParams && name === 'params'
        ? Object.fromEntries(Object.entries(each as object).map(([param, of]) => [param, typeof of === 'string' ? `${of}${marker}${text}` : of]))
        : withEach(each, text, name),
    ]),
  ) as T;
}

function markupOf({ view, state }: Shown, text: string): string {
  const shown = withEach(state, text);
  return renderToStaticMarkup(
    <App
      view={view}
      api={silentApi}
      store={{ read: () => shown, subscribe: () => () => undefined }}
      clock={{ now: () => at, follow: () => () => undefined }}
      regions={[]}
    />,
  );
}

/** What is seen and read aloud; the values of fields and the names that join a label to its field are not. */
function seen(markup: string): string {
  const attributes = Array.from(markup.matchAll(/ (?:title|alt|placeholder|aria-label|aria-description|aria-valuetext)="([^"]*)"/g), ([, text]) => text);
  return [markup.replaceAll(/<[^>]*>/g, '\n'), ...attributes].join('\n');
}

/** But for a direction of its own that ends where it began. */
const rest = (text: string) => text.replaceAll(/\u2068[^\p{C}\p{Zl}\p{Zp}]*\u2069/gu, '');

const worst = [...hostileTexts(0), '<b>bold</b>&amp;<img src=x onerror=alert(1)>', 'עברית', '\u2069\u2069\u202e'].join('x');

describe('a text of somebody else', () => {
  it('a text of somebody else is shown as text, and turns nothing round, in every window and state', () => {
    const wrong: string[] = [];
    let places = 0;
    for (const [name, shown] of Object.entries(gallery)) {
      const markup = markupOf(shown, worst);
      const text = seen(markup);
      places += text.split(marker).length - 1;
      if (/<b>|<img/.test(markup)) wrong.push(`${name}: markup`);
      const turned = rest(text)
        .split('\n')
        .find((line) => /(?!\t)[\p{C}\p{Zl}\p{Zp}]|\p{Script=Hebrew}/u.test(line));
      if (turned !== undefined) wrong.push(`${name}: ${JSON.stringify(turned)}`);
    }
    expect(wrong).toEqual([]);
    // Else there was nothing to be turned.
    expect(places).toBeGreaterThan(Object.keys(gallery).length);
  });
});
