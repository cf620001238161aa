import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { AppContext } from '../context/app-context.ts';
import { silentApi } from '../gallery/silent-api.ts';
import { galleryStates } from '../gallery/states/gallery-states.ts';
import { createTexts } from '../texts/texts.ts';
import { AccountRows } from './account-rows.tsx';

const gallery = galleryStates(0);

function textOf(name: string): string {
  const state = gallery[name]?.state;
  if (state === undefined) throw new Error(`the gallery has no ${name}`);
  const clock = { now: () => 0, follow: () => () => undefined };
  return renderToStaticMarkup(
    <AppContext value={{ api: silentApi, clock, texts: createTexts('en', []), platform: 'linux' }}>
      <AccountRows state={state} onDialog={() => undefined} />
    </AppContext>,
  ).replace(/<[^>]*>/g, '');
}

it('the accounts of the settings begin with production, then go by name to those that have none, each with its profiles', () => {
  expect(textOf('settings').replace(/\s+/g, ' ').split('Edit…')).toEqual([
    ' prod-eu Production222233334444 prod',
    ' example-identities 123456789012 default',
    ' staging 210987654321 staging',
    ' 555566667777 network-operations',
    '',
  ]);
});

it('of many accounts the settings show the first ones, and how many there are', () => {
  const text = textOf('settings-many-accounts');
  expect(text.match(/Edit…/g)).toHaveLength(6);
  expect(text).toContain('Show all 44 accounts');
});

it('as long as no account is known the settings say when one is', () => {
  expect(textOf('settings-first')).toBe('Accounts appear here once a profile, a session or a project reaches them.');
});
