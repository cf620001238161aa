import { describe, expect, it } from 'vitest';
import type { LedgerEntry } from '../../contract/ledger.ts';
import { entriesOf, entryLine, filterHistory, historyOf, type HistoryFilter, withLatestHandOffs } from './history.ts';
import { ended, handedOff, issued, keyChanged, revocationRemoved, revoked, roleIssued } from '../../../testing/samples/sample-entries.ts';

const at = (time: string) => Date.parse(time);
const text = (...entries: readonly LedgerEntry[]) => entries.map(entryLine).join('');
const noAlias = () => null;

describe('the text of a ledger', () => {
  const all = [issued(), roleIssued(), handedOff(), handedOff({ way: 'clipboard', program: null }), ended(), revoked(), revocationRemoved(), keyChanged()];

  it('the text of a ledger has one line for each entry, and gives all of them back', () => {
    expect(text(...all).split('\n')).toHaveLength(all.length + 1);
    expect(entriesOf(text(...all))).toEqual(all);
  });

  it('the text of a ledger of nothing has no entries', () => {
    expect(entriesOf('')).toEqual([]);
    expect(entriesOf('\n\n')).toEqual([]);
  });

  it('the text of a ledger keeps each entry on its line, whatever is in a name', () => {
    const odd = handedOff({ profile: 'プロ\n"dev"', program: { pid: 1, command: 'a\r\nb\u2028c', folder: '/tmp/\n' } });
    expect(entryLine(odd).indexOf('\n')).toBe(entryLine(odd).length - 1);
    expect(entriesOf(text(odd, ended()))).toEqual([odd, ended()]);
  });

  it('the text of a ledger loses only the line that a crash cut off, at the end or with others after it', () => {
    const torn = entryLine(handedOff()).slice(0, 40);
    expect(entriesOf(text(issued()) + torn)).toEqual([issued()]);
    expect(entriesOf(`${text(issued())}${torn}\n${text(ended())}`)).toEqual([issued(), ended()]);
  });

  it('the text of a ledger has an entry whose line lacks nothing but its end', () => {
    expect(entriesOf(text(issued(), ended()).trimEnd())).toEqual([issued(), ended()]);
  });

  it('the text of a ledger passes over what a later version wrote: events that are not known, and more fields of those that are', () => {
    const later = `${JSON.stringify({ event: 'lent', at: '2026-11-23T08:00:00Z', profile: 'default' })}\n`;
    const more = `${JSON.stringify({ ...issued(), device: 'phone' })}\n`;
    expect(entriesOf(later + more + text(ended()))).toEqual([issued(), ended()]);
  });

  it.each(['null', '[]', '7', '"issued"', '{}', 'not JSON', '\0\0\0\0', JSON.stringify({ ...issued(), at: 'yesterday' })])(
    'the text of a ledger passes over the line %j',
    (garbage) => {
      expect(entriesOf(`${text(issued())}${garbage}\n${text(ended())}`)).toEqual([issued(), ended()]);
    },
  );
});

describe('the records', () => {
  const records = (entries: readonly LedgerEntry[], now = '2026-11-23T09:30:00Z') => historyOf(entries, at(now), noAlias);

  it('the records of the history have the latest first, and hand-offs under their session', () => {
    const inClipboard = handedOff({ at: '2026-11-23T09:10:00Z', accessKeyId: 'ASIAROLE', profile: 'deploy', way: 'clipboard', program: null });
    expect(records([issued(), roleIssued(), handedOff(), inClipboard])).toEqual([
      {
        record: 'session',
        at: '2026-11-23T09:00:00Z',
        profile: 'deploy',
        kind: 'role',
        accountId: '222222222222',
        accountAlias: null,
        arn: 'arn:aws:sts::222222222222:assumed-role/deploy/alice',
        role: 'deploy',
        sessionName: 'alice',
        accessKeyId: 'ASIAROLE',
        expiresAt: '2026-11-23T10:00:00Z',
        earlierHandOffs: 0,
        handOffs: [{ at: '2026-11-23T09:10:00Z', way: 'clipboard', credentials: 'static', program: null }],
        ended: null,
      },
      expect.objectContaining({
        profile: 'default',
        accessKeyId: 'ASIABASE',
        earlierHandOffs: 0,
        handOffs: [
          {
            at: '2026-11-23T09:05:00Z',
            way: 'credential-process',
            credentials: 'static',
            program: { pid: 4711, command: 'terraform plan', folder: '/home/alice/network' },
          },
        ],
      }),
    ]);
  });

  it('the records of the history name an account by the alias that it has now', () => {
    const aliasOf = (accountId: string) => (accountId === '111111111111' ? 'acme' : null);
    expect(historyOf([issued(), roleIssued()], 0, aliasOf)).toMatchObject([{ accountAlias: null }, { accountAlias: 'acme' }]);
  });

  it.each(['ended', 'renewed', 'profile-changed', 'refused', 'revoked'] as const)(
    'the records of the history say when a session was let go of, and why: %s',
    (how) => {
      const [session] = records([issued(), ended({ how })], '2026-11-30T00:00:00Z');
      expect(session).toMatchObject({ ended: { at: '2026-11-23T11:00:00Z', how } });
    },
  );

  it('the records of the history tell from the time that a session ran out, since nobody may have been there to write it', () => {
    const lives = records([issued()], '2026-11-23T15:59:59Z');
    const ranOut = records([issued()], '2026-11-23T16:00:00Z');
    expect(lives).toMatchObject([{ ended: null }]);
    expect(ranOut).toMatchObject([{ ended: { at: '2026-11-23T16:00:00Z', how: 'expired' } }]);
  });

  it('the records of the history keep sessions of one profile apart by their access key IDs', () => {
    const renewed = issued({ at: '2026-11-23T09:20:00Z', accessKeyId: 'ASIANEXT' });
    const found = records([issued(), handedOff(), ended({ how: 'renewed' }), renewed, handedOff({ accessKeyId: 'ASIANEXT', way: 'exec' })]);
    expect(found).toMatchObject([
      { accessKeyId: 'ASIANEXT', handOffs: [{ way: 'exec' }], ended: null },
      { accessKeyId: 'ASIABASE', handOffs: [{ way: 'credential-process' }], ended: { how: 'renewed' } },
    ]);
  });

  it('the records of the history leave out what became of a session whose beginning is in no file any more', () => {
    expect(records([handedOff({ accessKeyId: 'ASIAGONE' }), ended({ accessKeyId: 'ASIAGONE' }), issued()])).toMatchObject([
      { accessKeyId: 'ASIABASE', handOffs: [], ended: null },
    ]);
  });

  it('the records of the history have revocations and changes of access keys in their order among the sessions', () => {
    const found = records([issued(), revoked(), keyChanged(), roleIssued({ at: '2026-11-23T14:00:00Z' }), revocationRemoved()]);
    expect(found.map(({ record }) => record)).toEqual(['revocation-removed', 'session', 'access-key', 'revoked', 'session']);
    expect(found[2]).toEqual({ record: 'access-key', at: '2026-11-23T13:00:00Z', profile: 'default', accessKeyId: 'AKIANEW', change: 'created' });
    expect(found[3]).toEqual({
      record: 'revoked',
      at: '2026-11-23T12:00:00Z',
      profile: 'deploy',
      arn: 'arn:aws:iam::222222222222:role/deploy',
      policyName: 'STSTrayRevokeOlderSessions',
      issuedBefore: '2026-11-23T12:00:00Z',
      neededUntil: '2026-11-24T00:00:00Z',
    });
  });
});

describe('a filter', () => {
  const records = historyOf(
    [
      issued(),
      handedOff(),
      roleIssued(),
      handedOff({ at: '2026-11-23T09:10:00Z', profile: 'deploy', accessKeyId: 'ASIAROLE', program: { pid: 4712, command: 'Ansible-Playbook', folder: null } }),
      handedOff({ profile: 'deploy', accessKeyId: 'ASIAROLE', way: 'clipboard', program: null }),
      revoked(),
      keyChanged(),
    ],
    at('2026-11-23T14:00:00Z'),
    noAlias,
  );
  const found = (filter: Omit<HistoryFilter, 'limit'>, limit = 20) =>
    filterHistory(records, { ...filter, limit }).map(({ record, profile }) => `${record} of ${profile}`);

  it('a filter of the history that says nothing finds everything', () => {
    expect(found({})).toEqual(['access-key of default', 'revoked of deploy', 'session of deploy', 'session of default']);
  });

  it('a filter of the history finds what is of a profile, by its whole name', () => {
    expect(found({ profile: 'deploy' })).toEqual(['revoked of deploy', 'session of deploy']);
    expect(found({ profile: 'dep' })).toEqual([]);
  });

  it('a filter of the history finds what is of an account, and of whom the sessions were revoked there', () => {
    expect(found({ account: '222222222222' })).toEqual(['revoked of deploy', 'session of deploy']);
    expect(found({ account: '111111111111' })).toEqual(['session of default']);
  });

  it('a filter of the history finds the sessions that a program got, by a part of its name in any case', () => {
    expect(found({ program: 'terraform' })).toEqual(['session of default']);
    expect(found({ program: 'ANSIBLE' })).toEqual(['session of deploy']);
    expect(found({ program: 'pulumi' })).toEqual([]);
  });

  it('a filter of the history finds what happened since a moment, that moment included', () => {
    expect(found({ since: at('2026-11-23T12:00:00Z') })).toEqual(['access-key of default', 'revoked of deploy']);
    expect(found({ since: at('2026-11-23T12:00:01Z') })).toEqual(['access-key of default']);
  });

  it('a filter of the history finds an older session to whom something happened since: it was handed off, or ended', () => {
    expect(found({ since: at('2026-11-23T09:05:00Z'), profile: 'default' })).toEqual(['access-key of default', 'session of default']);
    expect(found({ since: at('2026-11-23T10:00:00Z') })).toContain('session of deploy');
  });

  it('a filter of the history finds what fits all that is asked', () => {
    expect(found({ profile: 'deploy', account: '222222222222', program: 'ansible', since: at('2026-11-23T09:00:00Z') })).toEqual(['session of deploy']);
    expect(found({ profile: 'default', account: '222222222222' })).toEqual([]);
  });

  it('a filter of the history gives the latest of what it finds, up to the limit', () => {
    expect(found({}, 2)).toEqual(['access-key of default', 'revoked of deploy']);
    expect(found({ profile: 'deploy' }, 1)).toEqual(['revoked of deploy']);
  });
});

it('a session with thousands of hand-offs is shown with the latest, and says how many came before', () => {
  const minuteOf = (minute: number) => `2026-11-23T10:${String(minute).padStart(2, '0')}:00Z`;
  const [record] = historyOf([issued(), ...Array.from({ length: 30 }, (_, minute) => handedOff({ at: minuteOf(minute) }))], 0, () => null);
  if (record?.record !== 'session') throw new Error('no session');
  const shown = withLatestHandOffs(record, 25);
  expect(shown).toMatchObject({ earlierHandOffs: 5 });
  expect(shown.record === 'session' && shown.handOffs.map((handOff) => handOff.at)).toEqual(Array.from({ length: 25 }, (_, index) => minuteOf(index + 5)));
  expect(withLatestHandOffs(record, 30)).toBe(record);
});
