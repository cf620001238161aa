import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { Language } from '../../../src-main/contract/ui-state.ts';
import { App } from '../../app.tsx';
import { galleryStates } from './gallery-states.ts';
import { revocationPolicyName } from '../../../src-main/core/revocation/revocation.ts';
import { silentApi } from '../silent-api.ts';

const at = new Date(2030, 0, 2, 12).getTime();
const gallery = galleryStates(at);

function markupOf(name: string, language: Language): string {
  const shown = gallery[name];
  if (shown === undefined) throw new Error(`the gallery has no ${name}`);
  const state = { ...shown.state, language };
  return renderToStaticMarkup(
    <App
      view={shown.view}
      api={silentApi}
      store={{ read: () => state, subscribe: () => () => undefined }}
      clock={{ now: () => at, follow: () => () => undefined }}
      regions={[]}
    />,
  );
}

function text(markup: string): string {
  return markup.replace(/<[^>]*>/g, '');
}

describe('every window in every state', () => {
  const names = Object.keys(gallery);

  it.each(names)('every window in every state is drawn in both languages with all its texts: %s', (name) => {
    for (const language of ['en', 'ja'] as const) {
      const markup = markupOf(name, language);
      expect(markup).not.toMatch(/{{|undefined|NaN|\[object/);
      // The content security policy refuses these two.
      expect(markup).not.toMatch(/<style|<script/);
      expect(markup === '').toBe(name === 'mfa-closed');
    }
  });
});

describe('the panel', () => {
  it('the panel writes the account ID as twelve digits without a gap', () => {
    expect(text(markupOf('panel-active', 'en'))).toContain('123456789012');
  });

  it('the panel says how long a session lasts', () => {
    expect(text(markupOf('panel-active', 'en'))).toContain('7 h 59 min');
    expect(text(markupOf('panel-active', 'ja'))).toContain('7 時間 59 分');
    expect(text(markupOf('panel-sessions', 'en'))).toContain('9 min 30 s');
  });

  it('the panel says of an ended session when it ran out', () => {
    expect(text(markupOf('panel-ended', 'en'))).toContain('Expired: 11:18');
  });

  it('the panel offers to open a file that a problem names, and not one that is missing', () => {
    expect(text(markupOf('panel-problems', 'en')).match(/Open file/g)).toHaveLength(2);
    expect(text(markupOf('panel-empty', 'en'))).not.toContain('Open file');
  });

  it('the panel gives the command to run when there is no profile', () => {
    for (const name of ['panel-empty', 'panel-no-access-key', 'panel-nothing-known']) {
      expect(markupOf(name, 'en')).toMatch(/<code[^>]*>aws configure<\/code>/);
    }
  });
});

describe('a role profile in the panel', () => {
  it('a role profile in the panel names its account and role before there is a session', () => {
    expect(text(markupOf('panel-roles', 'en'))).toContain('222233334444 example-production Role deploy from default');
  });

  it('a role profile in the panel is offered for longer than an hour, and says why that takes a code', () => {
    const markup = text(markupOf('panel-roles', 'en'));
    expect(markup.match(/Start 4 h session/g)).toHaveLength(1);
    expect(markup).toContain('AWS limits role sessions made from another session to 1 hour.');
  });

  it('a role profile in the panel says of what is renewed by itself until when', () => {
    const markup = text(markupOf('panel-roles-live', 'en'));
    expect(markup).toMatch(/52 min.*Renews automatically until .*, with default/);
  });
});

describe('what is worth doing some time', () => {
  it('the card of a user profile says that its access key is old, and no other card does', () => {
    expect(text(markupOf('panel-old-key', 'en')).match(/The access key is \d+ days old/g)).toEqual(['The access key is 120 days old']);
    expect(text(markupOf('panel-active', 'en'))).not.toContain('days old');
  });

  it('the panel says when a policy that revokes is needed no longer', () => {
    const markup = text(markupOf('panel-revocation-over', 'en'));
    expect(markup).toContain(`The policy ${revocationPolicyName} on alice is no longer needed.`);
    expect(markup.match(/no longer needed/g)).toHaveLength(1);
    expect(markup).toContain('Already removedRemove');
  });

  it('the panel asks once of an account whose name says so whether it is production', () => {
    expect(text(markupOf('panel-likely-production', 'en'))).toContain('Is prod-eu a production account?');
    expect(text(markupOf('panel-likely-production', 'ja'))).toContain('prod-eu は本番アカウントですか？');
  });

  it('the panel says until when what was copied is in the clipboard, of exports and of the address of a sign-in', () => {
    expect(text(markupOf('panel-copied', 'en'))).toContain('Clipboard clears in 45 s');
    expect(text(markupOf('panel-address-copied', 'en'))).toMatch(/Sign-in address of corp copied.*Clipboard clears in 45 s/);
  });

  it('the panel says that a project may still be deployed', () => {
    expect(text(markupOf('panel-project-deployed', 'en')).match(/still deployed/g)).toHaveLength(2);
  });
});

describe('the MFA prompt', () => {
  it('the MFA prompt says which programs wait, where, and for which profile', () => {
    const markup = markupOf('mfa-waiting-three', 'en');
    expect(text(markup)).toContain('terraform plan ~/projects/network');
    expect(text(markup)).toContain('aws s3  for profile prod');
    expect(markup).toContain('title="PID 4711 · /home/alice/projects/network"');
    expect(text(markupOf('mfa-waiting-many', 'en'))).toContain('and 6 more programs');
    expect(text(markupOf('mfa-enter', 'en'))).not.toContain('Requested by');
    expect(text(markupOf('mfa-waiting', 'en'))).toContain('Requested by52 s left');
  });

  it('the MFA prompt says of a role session whose device the code is from, and which role is wanted', () => {
    const markup = text(markupOf('mfa-role', 'en'));
    expect(markup).toContain('Start role session');
    expect(markup).toContain('With your code for default');
    expect(text(markupOf('mfa-wanted-role', 'en'))).toContain('For example-production (deploy), with your code for default');
  });

  it('the MFA prompt bears the mark of production where the role that is wanted is in such an account', () => {
    expect(text(markupOf('mfa-wanted-role', 'en'))).toMatch(/^Production ?example-production ?222233334444/);
    expect(text(markupOf('mfa-enter', 'en'))).not.toContain('Production');
  });
});

describe('without a keychain', () => {
  it('without a keychain the panel and the settings say that nothing is kept', () => {
    for (const name of ['panel-keychain', 'settings-no-keychain']) {
      expect(text(markupOf(name, 'en'))).toContain('sessions are kept in memory only and end when you quit');
    }
  });
});
