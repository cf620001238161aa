import { expect, it } from 'vitest';
import type { Profile } from '../../contract/ui-state.ts';
import type { AppError } from '../../contract/app-error.ts';
import { ProfileIndex } from './profile-index.ts';

const named = (...names: readonly string[]): readonly Profile[] => names.map((name) => ({ name }) as Profile);

function index() {
  const content = { profiles: named('prod', 'dev') };
  const store = { content, profile: () => undefined } as unknown as ConstructorParameters<typeof ProfileIndex>[0]['store'];
  const made = new ProfileIndex({ store, files: { config: 'config' }, portalRoles: { whyNot: () => null, contradiction: () => null } });
  return { made, content };
}

const unusable = new Map<string, AppError>();

it('a profile is served under its own name and under that of each entry that was installed for it, but for a name that another profile has', () => {
  const { made } = index();
  made.configLoaded({
    unusable,
    aliases: new Map([
      ['prod-sts', 'prod'],
      ['dev', 'prod'],
      ['old-sts', 'gone'],
    ]),
  });
  expect(made.servedNames()).toEqual([
    { name: 'prod', profile: 'prod' },
    { name: 'dev', profile: 'dev' },
    { name: 'prod-sts', profile: 'prod' },
  ]);
});

it('the names of served profiles are the same list until the profiles or the installed entries are others', () => {
  const { made, content } = index();
  const first = made.servedNames();
  expect(made.servedNames()).toBe(first);
  content.profiles = named('prod');
  expect(made.servedNames()).toEqual([{ name: 'prod', profile: 'prod' }]);
  made.configLoaded({ unusable, aliases: new Map([['prod-sts', 'prod']]) });
  expect(made.servedNames().map(({ name }) => name)).toEqual(['prod', 'prod-sts']);
});
