import { Menu } from '@base-ui/react/menu';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { AppContext } from '../../context/app-context.ts';
import { galleryStates } from '../../gallery/states/gallery-states.ts';
import { silentApi } from '../../gallery/silent-api.ts';
import { createTexts } from '../../texts/texts.ts';
import { CardMenuItems } from './card-menu-items.tsx';

const at = new Date(2030, 0, 2, 12).getTime();
const gallery = galleryStates(at);
const context = { api: silentApi, clock: { now: () => at, follow: () => () => undefined }, texts: createTexts('en', ['en-GB']), platform: 'linux' as const };

/** Only a browser draws a menu, so this renders its items alone. */
function itemsOf(name: string, profileName: string): readonly string[] {
  const state = gallery[name]?.state;
  const profile = state?.profiles.find((entry) => entry.name === profileName);
  if (state === undefined || profile === undefined) throw new Error(`the gallery has no ${name} with ${profileName}`);
  const markup = renderToStaticMarkup(
    <AppContext value={context}>
      <Menu.Root open>
        <CardMenuItems profile={profile} state={state} markAccount={() => undefined} />
      </Menu.Root>
    </AppContext>,
  );
  return [...markup.matchAll(/role="menuitem"[^>]*>(.*?)<\/div>/g)].map(([, item = '']) => item.replace(/<[^>]*>/g, ''));
}

const consoles = (...profile: Parameters<typeof itemsOf>) => itemsOf(...profile).filter((item) => item.includes('console'));

describe('the menu of a profile', () => {
  it('the menu of a profile opens the console of a user’s session as one of its roles, which AWS lets in', () => {
    expect(consoles('panel-roles-live', 'default')).toEqual(['prod', 'network-operations', 'audit'].map((role) => `Open AWS console as ${role}`));
  });

  it('the menu of a profile opens the console of a role session as itself, and says why it cannot for a user without roles', () => {
    expect(consoles('panel-roles-live', 'prod')).toEqual(['Open AWS console']);
    expect(consoles('panel-active', 'default')).toEqual(['Open AWS console Only for role sessions. Add a role profile whose source_profile is default.']);
    expect(consoles('panel-roles', 'default')).toEqual([]);
  });

  it('the menu of a profile opens a terminal that can only read for a role’s session, and none for a user’s, which STS does not limit', () => {
    expect(itemsOf('panel-roles-live', 'prod')).toContain('Open read-only terminal');
    expect(itemsOf('panel-roles-live', 'default')).not.toContain('Open read-only terminal');
  });

  it.each([
    ['lives', 'panel-roles-live', 'default'],
    ['has expired', 'panel-roles-ended', 'network-operations'],
    ['has ended', 'panel-roles-live', 'network-operations'],
  ])('the menu of a profile says what a session did that %s', (_, state, profile) => {
    expect(itemsOf(state, profile)).toContain('Activity…');
  });

  it.each(['sandbox', 'audit'])('the menu of a profile has nothing to look back at while a session is about to start: %s', (profile) => {
    expect(itemsOf('panel-sessions', profile)).not.toContain('Activity…');
  });

  it('the menu of a profile renews a session and ends it, but renews none that renews itself', () => {
    expect(itemsOf('panel-roles-live', 'default')).toEqual(expect.arrayContaining(['RenewCtrl+R', 'End sessionCtrl+D']));
    const role = itemsOf('panel-roles-live', 'prod');
    expect(role).toContain('End sessionCtrl+D');
    expect(role).not.toContain('RenewCtrl+R');
  });
});
