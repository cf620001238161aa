import { describe, expect, it } from 'vitest';
import { isInstallableName, withAccessKey, withInstalledProfile, withoutAccessKey, withoutInstalledProfile, type InstalledProfile } from './config-lines.ts';
import { timesOf, tried } from '../../../testing/trust/times.ts';

const entry: InstalledProfile = {
  name: 'default-sts',
  profile: 'default',
  body: ['credential_process = /opt/sts-tray credential-process default', 'region = eu-west-1'],
};
const begin = '# sts-tray begin default-sts (added by STS Tray; "sts-tray uninstall default" removes it)';
const written = (above = '') => `${begin.replace('Tray;', `Tray${above};`)}
[profile default-sts]
credential_process = /opt/sts-tray credential-process default
region = eu-west-1
# sts-tray end default-sts (credential_process, region)
`;

function installed(text: string, profile: InstalledProfile = entry): string {
  const outcome = withInstalledProfile(text, profile);
  if (typeof outcome === 'string') throw new Error(outcome);
  return outcome.text;
}

function removed(text: string, name = entry.name): string {
  const outcome = withoutInstalledProfile(text, name);
  if (outcome === 'none') throw new Error(outcome);
  return outcome.text;
}

/** Texts as people and programs leave them, the same ones in every run. */
function* texts(count: number): Generator<string> {
  let seed = 20_240_607;
  const below = (limit: number) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * limit);
  };
  const lines = [
    '',
    '   ',
    '# a comment',
    '; [profile default-sts]',
    '[default]',
    '[profile dev] # mine',
    '[profile "with space"]',
    '[sso-session x]',
    'region = eu-west-1',
    'region=x ; inline',
    's3 =',
    '  max_concurrent_requests = 20',
    '\tmultipart = 1',
    'broken',
    'ünïcode = 漢字',
    '[',
    ']',
    '# sts-tray begin other-sts (added by STS Tray; "sts-tray uninstall other" removes it)',
    '# sts-tray end other-sts (region)',
    '# sts-tray end default-sts (region)',
  ];
  for (let index = 0; index < count; index += 1) {
    const ends = [['\n'], ['\r\n'], ['\n', '\r\n']][below(3)] ?? [];
    let text = below(6) === 0 ? '\uFEFF' : '';
    for (let rest = below(9); rest > 0; rest -= 1) text += `${lines[below(lines.length)]}${ends[below(ends.length)]}`;
    yield below(3) === 0 ? text.replace(/\r?\n$/, '') : text;
  }
}

describe('an entry that is added', () => {
  it('an entry that is added stands at the end, between two comments that say whose it is', () => {
    expect(installed('[default]\nregion = x\n')).toBe(`[default]\nregion = x\n\n${written(' with the empty line above')}`);
    expect(installed('')).toBe(written());
  });

  it('an entry that is added is gone without a trace when it is removed, whatever the file looked like', (context) => {
    const times = timesOf({ usual: 4000, thorough: 40_000 });
    for (const text of texts(times)) {
      expect(installed(text).startsWith(text)).toBe(true);
      expect(removed(installed(text))).toBe(text);
    }
    tried(context, times);
  });

  it('an entry that is added leaves every other entry of this app where it is', () => {
    const dev = { ...entry, name: 'dev-sts', profile: 'dev' };
    for (const text of texts(500)) {
      const both = installed(installed(text), dev);
      expect(removed(removed(both, 'dev-sts'))).toBe(text);
      // The line break that the second entry needed stays when the first one goes first.
      expect(removed(removed(both), 'dev-sts').replace(/\r?\n$/, '')).toBe(text.replace(/\r?\n$/, ''));
    }
  });

  it('an entry that is added is left alone when it is there as it would be written', () => {
    for (const text of texts(500)) expect(withInstalledProfile(installed(text), entry)).toBe('unchanged');
  });

  it('an entry that is added takes the line ends of the file', () => {
    expect(installed('[default]\r\nregion = x\r\n').replaceAll('\r\n', '')).not.toContain('\n');
  });

  it('an entry that is added is renewed where it stands, and removed as it was added', () => {
    const text = '\uFEFF[default]\r\nregion = x';
    const between = `${installed(text)}[profile later]\r\nregion = y\r\n`;
    const renewed = installed(between, { ...entry, body: ['credential_process = new', 's3 =', '  addressing_style = path'] });
    expect(renewed).toContain(
      '[profile default-sts]\r\ncredential_process = new\r\ns3 =\r\n  addressing_style = path\r\n# sts-tray end default-sts (credential_process, s3)\r\n[profile later]',
    );
    expect(removed(renewed)).toBe(`${text}\r\n[profile later]\r\nregion = y\r\n`);
  });

  it.each(['[profile default-sts]', '[ profile  default-sts ] # mine', '[profile "default-sts"]', "  [profile 'default-sts']"])(
    'an entry that is added is refused when the file has %s',
    (header) => {
      expect(withInstalledProfile(`${header}\nregion = x\n`, entry)).toBe('taken');
      expect(withInstalledProfile(`${installed('')}${header}\n`, entry)).toBe('taken');
    },
  );

  it('an entry that is added is not mistaken for a section that is no profile', () => {
    expect(installed('[default-sts]\n[services default-sts]\n')).toContain('[profile default-sts]');
  });

  it('an entry that is added has its name quoted when it has a space, as aws configure does it', () => {
    expect(installed('', { ...entry, name: 'my team-sts' })).toContain("\n[profile 'my team-sts']\n");
  });

  it('an entry that is added has no name that programs read in different ways', () => {
    for (const name of ['default-sts', 'my team-sts', 'a/b@c.d+e:f%-sts', '開発-sts']) expect(isInstallableName(name)).toBe(true);
    for (const name of ['', 'a"b', "a'b", 'a\\b', 'a]b', 'a[b', 'a\nb', 'a #b', 'a#b', 'a;b', ',a', '__proto__', ' a'])
      expect(isInstallableName(name)).toBe(false);
  });

  it('an entry that is added has comments that aws configure does not take for options', () => {
    for (const line of installed('[default]')
      .split('\n')
      .filter((one) => one.startsWith('#')))
      expect(line).not.toMatch(/[:=]/);
  });
});

describe('an entry that others have edited', () => {
  const edited = (change: (text: string) => string) => change(`[default]\nregion = x\n\n${written(' with the empty line above')}`);
  const head = '[default]\nregion = x\n';

  it('an entry that others have edited goes with the values of its own keys, edited or not', () => {
    expect(removed(edited((text) => text.replace('eu-west-1', 'us-east-1')))).toBe(head);
  });

  it('an entry that others have edited leaves comments and sections of others that stand inside of it', () => {
    expect(removed(edited((text) => text.replace('# sts-tray end', '# mine\n\n[profile other]\nregion = z\n# sts-tray end')))).toBe(
      `${head}\n# mine\n[profile other]\nregion = z\n`,
    );
  });

  it('an entry that others have edited leaves other keys, under their own header', () => {
    const text = edited((before) => before.replace('# sts-tray end', 's3 =\n  a = b\n# sts-tray end'));
    expect(removed(text)).toBe(`${head}\n[profile default-sts]\ns3 =\n  a = b\n`);
  });

  it('an entry that others have edited leaves keys that aws configure appended to its section, under their own header', () => {
    expect(removed(edited((text) => `${text}output = json\n`))).toBe(`${head}\n[profile default-sts]\noutput = json\n`);
  });

  it('an entry that others have edited leaves keys that were put above its header to the section above', () => {
    expect(removed(edited((text) => text.replace('[profile', 'output = json\n[profile')))).toBe(`${head}\noutput = json\n`);
  });

  it('an entry that others have edited leaves sections behind it, and a line break between them and what is above', () => {
    expect(removed(`${installed('[default]')}[profile later]\n`)).toBe('[default]\n[profile later]\n');
  });

  it.each([
    ['the first one', /# sts-tray begin.*\n/],
    ['the last one', /# sts-tray end.*\n/],
    ['both', /# sts-tray.*\n/g],
  ])('an entry of which another tool has dropped the comments, %s, is found by what it asks for, and goes and is renewed as before', (_, comment) => {
    const text = edited((before) => before.replace(comment, ''));
    const copied = ['region = ap-northeast-1'];
    const outcome = withoutInstalledProfile(text, 'default-sts', copied);
    expect(outcome).toEqual({ text: head });
    expect(installed(text)).toBe(`${head}\n${written(' with the empty line above')}`);
    const later = withoutInstalledProfile(`${text}output = json\n\n[profile later]\n`, 'default-sts', copied);
    expect(later).toEqual({ text: `${head}\n[profile default-sts]\noutput = json\n\n[profile later]\n` });
  });

  it('an entry of that name that asks another program, or this app for another profile, is none of ours', () => {
    for (const line of ['/usr/bin/other credential-process default', '/opt/sts-tray credential-process other']) {
      const text = `[profile default-sts]\ncredential_process = ${line}\n`;
      expect(withoutInstalledProfile(text, 'default-sts')).toBe('none');
      expect(withInstalledProfile(text, entry)).toBe('taken');
    }
  });

  it('an entry that others have edited keeps what they added when it is renewed, and their value where both have one', () => {
    const text = edited((before) => before.replace('# sts-tray end', '# mine\noutput = json\n# sts-tray end'));
    const renewed = installed(text, { ...entry, body: ['credential_process = new', 'output = text'] });
    expect(renewed).toContain('[profile default-sts]\ncredential_process = new\n# mine\noutput = json\n# sts-tray end default-sts (credential_process)\n');
  });
});

describe('an access key', () => {
  const text = [
    '[default] # main',
    'aws_access_key_id = AKIAFAKE',
    '# kept',
    'aws_secret_access_key=fake ; inline',
    'region = x',
    '',
    '[dev]',
    'aws_access_key_id = AKIAOTHER',
    '[default]',
    'AWS_Secret_Access_Key : again',
    's3 =',
    '  aws_access_key_id = nested',
    'output = json',
    '  aws_access_key_id = indented',
  ];

  it.each(['\n', '\r\n'])('an access key is removed from every section of its profile, and nothing else with it (%j)', (end) => {
    const rest = text.filter((_, index) => ![1, 3, 9, 13].includes(index));
    expect(withoutAccessKey(`${text.join(end)}${end}`, 'default', 'credentials')).toEqual({ text: `${rest.join(end)}${end}` });
  });

  it('an access key is found by the name of its profile as each file spells it', () => {
    const lines = 'aws_access_key_id = a\naws_secret_access_key = b\n';
    expect(withoutAccessKey(`[profile dev]\n${lines}`, 'dev', 'config')).toEqual({ text: '[profile dev]\n' });
    expect(withoutAccessKey(`[profile "my team"]\n${lines}`, 'my team', 'config')).toEqual({ text: '[profile "my team"]\n' });
    expect(withoutAccessKey(`[my team]\n${lines}`, 'my team', 'credentials')).toEqual({ text: '[my team]\n' });
    expect(withoutAccessKey(`[dev]\n${lines}`, 'dev', 'config')).toBe('none');
    expect(withoutAccessKey(`[profile dev]\n${lines}`, 'dev', 'credentials')).toBe('none');
    expect(withoutAccessKey('', 'dev', 'credentials')).toBe('none');
  });

  const key = { accessKeyId: 'AKIAFAKE', secretAccessKey: 'fake' };
  const two = 'aws_access_key_id = AKIAFAKE\naws_secret_access_key = fake\n';

  it('an access key is put back right below the header', () => {
    const back = withAccessKey('# top\n[a]\n[default] # main\nregion = x\n', 'default', 'credentials', key);
    expect(back).toEqual({ text: `# top\n[a]\n[default] # main\n${two}region = x\n` });
    expect(withAccessKey(back.text, 'default', 'credentials', key)).toEqual(back);
    expect(withAccessKey('[default]', 'default', 'credentials', key)).toEqual({ text: `[default]\n${two}` });
  });

  it('an access key is put back with its section when that has gone', () => {
    expect(withAccessKey('[a]\nx = y', 'dev', 'credentials', key)).toEqual({ text: `[a]\nx = y\n\n[dev]\n${two}` });
    expect(withAccessKey('', 'dev', 'config', key)).toEqual({ text: `[profile dev]\n${two}` });
    expect(withAccessKey('[a]\r\n', 'dev', 'config', key).text).toBe(`[a]\r\n\r\n[profile dev]\r\n${two.replaceAll('\n', '\r\n')}`);
  });

  it('an access key comes back to where it is removed from, and leaves again without a trace', () => {
    for (const before of texts(1000)) {
      const withSection = `${before}\n[mine]\n# mine\n`;
      const added = withAccessKey(withSection, 'mine', 'credentials', key).text;
      expect(withoutAccessKey(added, 'mine', 'credentials')).toEqual({ text: withSection });
    }
  });
});

describe('a line that is written to be slow to read', () => {
  const length = 100_000;
  it.for([
    ['a bracket and spaces', `[${' '.repeat(length)}`],
    ['a bracket, spaces and no end', `[ a${' '.repeat(length)}b`],
    ['spaces and a bracket', `${' '.repeat(length)}[`],
    ['brackets', '['.repeat(length)],
    ['a key and spaces', `a${' '.repeat(length)}b`],
    ['a key, spaces and more of both', 'a '.repeat(length)],
    ['an equals sign and spaces', `a =${' '.repeat(length)}b`],
    ['quotes', `[profile "${"'".repeat(length)}]`],
    ['carriage returns', `a${'\r'.repeat(length)}b`],
    ['the beginning of our own comment', `# sts-tray end default-sts (${')'.repeat(length)}`],
  ])('a line that is written to be slow to read takes an edit no longer than any other: %s', ([, line]) => {
    const text = `[default]\n${line}\naws_secret_access_key = b\n`;
    const since = performance.now();
    expect(withoutInstalledProfile(installed(text), 'default-sts')).toEqual({ text });
    expect(withoutAccessKey(text, 'other', 'credentials')).toBe('none');
    withAccessKey(text, 'default', 'credentials', { accessKeyId: 'a', secretAccessKey: 'b' });
    expect(performance.now() - since).toBeLessThan(3000);
  });
});
