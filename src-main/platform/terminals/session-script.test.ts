import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { zshStartFile } from '../../core/hand-offs/guard-first.ts';
import { lookVariables } from '../../core/hand-offs/terminal-look.ts';
import { staleVariables } from '../../core/hand-offs/stale-variables.ts';
import { sessionScript } from './session-script.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), "it's a $folder-")));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const shell = join(folder, 'my shell');
writeFileSync(shell, '#!/bin/sh\necho "args $*"; pwd; env -0\n');
chmodSync(shell, 0o755);

const request = {
  shell,
  login: false,
  title: "alice's · $(id)",
  directory: folder,
  variables: [
    ['AWS_ACCESS_KEY_ID', 'ASIA'],
    ['AWS_SESSION_TOKEN', "to'k$en\\"],
  ] as const,
};

function run(sh: string, options: Partial<Parameters<typeof sessionScript>[0]> = {}, env: Record<string, string> = {}) {
  const script = sessionScript({ ...request, ...options });
  if (!script.ok) throw new Error(script.error.code);
  const file = join(folder, 'session');
  writeFileSync(file, script.value);
  return spawnSync(sh, [file], { env: { PATH: process.env['PATH'], ...env }, encoding: 'utf8', input: 'echo plain sh\n' });
}

// /bin/sh is bash on macOS, dash on Debian, and another POSIX shell elsewhere.
describe.each(['/bin/sh', 'bash', 'zsh'])('the script of a session, run by %s', (sh) => {
  it('the script of a session sets the title and the variables, and becomes the shell in the folder', ({ skip }) => {
    if (spawnSync(sh, ['-c', '']).error) skip(`${sh} is not installed`);
    const { stdout, stderr } = run(sh);
    expect(stderr).toBe('');
    const [first, pwd, env] = stdout.split('\n', 3);
    expect(first).toBe("\x1b]2;alice's · $(id)\x07args ");
    expect(pwd).toBe(folder);
    expect(env?.split('\0')).toEqual(expect.arrayContaining(['AWS_ACCESS_KEY_ID=ASIA', "AWS_SESSION_TOKEN=to'k$en\\", `SHELL=${shell}`]));
  });
});

describe('the script of a session', () => {
  it('the script of a session unsets whatever would win over the session, and keeps the rest', () => {
    const stale = Object.fromEntries(staleVariables.map((name) => [name, `stale ${name}`]));
    const { stdout } = run('/bin/sh', {}, { ...stale, AWS_CONFIG_FILE: '/etc/aws', AWS_REGION: 'eu-west-1' });
    expect(stdout).not.toContain('stale');
    expect(stdout).toContain('AWS_CONFIG_FILE=/etc/aws');
    expect(stdout).toContain('AWS_REGION=eu-west-1');
  });

  it('the script of a session starts a login shell where terminals do', () => {
    expect(run('/bin/sh', { login: true }).stdout).toContain('args -l\n');
  });

  it('the script of a session falls back to sh when the shell of the user is gone', () => {
    expect(run('/bin/sh', { shell: join(folder, 'gone') }).stdout).toContain('plain sh');
  });

  it('the script of a session starts the shell all the same when the folder is gone, and says that it is', () => {
    const { stdout, stderr } = run('/bin/sh', { directory: join(folder, 'gone') });
    expect(stdout).toContain('AWS_ACCESS_KEY_ID=ASIA');
    expect(stderr).toContain('gone');
  });

  it('the script of a session runs nothing when only a part of it came through', () => {
    const script = sessionScript(request);
    if (!script.ok) throw new Error(script.error.code);
    const { stdout } = spawnSync('/bin/sh', { input: script.value.slice(0, -3), encoding: 'utf8' });
    expect(stdout).toBe('');
  });

  it('the script of a session is refused when a value cannot be expressed', () => {
    expect(sessionScript({ ...request, variables: [['A', 'x\0']] })).toEqual({
      ok: false,
      error: { code: 'export-unquotable', params: { variable: 'A', shell: 'bash' } },
    });
  });
});

/** Start files as distributions and users have them: they put PATH in an order of their own. */
function homeWith(start: string): string {
  const home = mkdtempSync(join(folder, 'home-'));
  for (const name of ['.bash_profile', '.bashrc', '.zprofile', '.zshrc', '.profile']) writeFileSync(join(home, name), `${start}\n`);
  mkdirSync(join(home, '.config', 'fish'), { recursive: true });
  writeFileSync(join(home, '.config', 'fish', 'config.fish'), `${start}\n`);
  // Otherwise fish would fill it in the background, for minutes.
  mkdirSync(join(home, '.local', 'share', 'fish', 'generated_completions'), { recursive: true });
  return home;
}

/** What an interactive shell in a guarded terminal says to `typed`, with start files that reset PATH. */
function typed(name: string, login: boolean, lines: string, env: Record<string, string> = {}): readonly string[] {
  return [...shown(name, login, lines, { env }).matchAll(/<(\w+)>/g)].map(([, word]) => word ?? '');
}

type Shown = { readonly env?: Record<string, string>; readonly start?: string; readonly options?: Partial<Parameters<typeof sessionScript>[0]> };

/** All that is on the screen of such a terminal. */
function shown(name: string, login: boolean, lines: string, { env = {}, start = 'export PATH=/usr/local/bin:/usr/bin:/bin', options = {} }: Shown): string {
  const guard = join(folder, 'guard');
  mkdirSync(join(guard, 'zsh-start'), { recursive: true });
  writeFileSync(join(guard, 'zsh-start', '.zshenv'), zshStartFile(guard));
  writeFileSync(join(guard, 'terraform'), '#!/bin/sh\necho guarded\n');
  chmodSync(join(guard, 'terraform'), 0o755);
  const script = sessionScript({ ...request, shell: name, login, directory: '/', pathFirst: guard, ...options });
  if (!script.ok) throw new Error(script.error.code);
  writeFileSync(join(folder, 'session'), script.value);
  const home = homeWith(start);
  // A terminal of its own, because without one fish and zsh show no prompt.
  const { stdout } = spawnSync('script', ['-qec', `/bin/sh '${join(folder, 'session').replaceAll("'", "'\\''")}'`, '/dev/null'], {
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: home, TERM: 'dumb', ...env },
    encoding: 'utf8',
    input: `${lines}\n`,
    timeout: 20_000,
  });
  return stdout;
}

const isMissing = (program: string) => spawnSync(program, ['-c', '']).error !== undefined;

describe.skipIf(process.platform !== 'linux')('a guarded terminal', () => {
  it.each([
    ['bash', false],
    ['bash', true],
    ['zsh', false],
    ['zsh', true],
    ['fish', false],
    ['fish', true],
  ] as const)('a guarded terminal of %s has the guarded programs first behind start files that reset PATH (login: %s)', (name, login) => {
    if (isMissing(name)) return;
    expect(typed(name, login, 'echo "<$(terraform)>"; exit')).toContain('guarded');
  });

  it('a guarded terminal of bash has them first in a login shell that is started in it', () => {
    expect(typed('bash', false, 'bash -l\necho "<$(terraform)>"; exit\nexit')).toContain('guarded');
  });

  it('a guarded terminal of zsh has the start files of the user, and their ZDOTDIR', () => {
    if (isMissing('zsh')) return;
    const own = homeWith('echo "<read>"');
    expect(typed('zsh', false, 'echo "<${ZDOTDIR:t}>" "<${STS_TRAY_ZDOTDIR-unset}>"; exit', { ZDOTDIR: own })).toEqual(
      expect.arrayContaining(['read', 'unset']),
    );
  });
});

const renewable = [
  ['AWS_CONFIG_FILE', "/it's/config"],
  ['AWS_SHARED_CREDENTIALS_FILE', '/private/credentials'],
  ['AWS_PROFILE', 'deploy'],
  ['AWS_ENDPOINT_URL_STS', 'http://127.0.0.1:1/token'],
] as const;
const variables = [...renewable, ...lookVariables(renewable, (names) => `<changed> ${names}, so it's not deploy's.`)];

describe.skipIf(process.platform !== 'linux')('a terminal whose start files change its session', () => {
  for (const name of ['bash', 'zsh', 'fish']) {
    const look = (start: string) => shown(name, false, 'echo "<$((1+1))>"; env | grep -c STS_TRAY_LOOK; exit', { start, options: { variables } });

    it(`a terminal whose start files change its session says which variables they changed, once: ${name}`, () => {
      if (isMissing(name)) return;
      const unset = name === 'fish' ? 'set -e AWS_CONFIG_FILE' : 'unset AWS_CONFIG_FILE';
      const text = look(`${unset}; export AWS_PROFILE=other AWS_WEB_IDENTITY_TOKEN_FILE=/x AWS_ACCESS_KEY_ID=AKIAOTHER`);
      expect(
        text
          .replaceAll('\r', '')
          .split("sts-tray: <changed> AWS_PROFILE, AWS_CONFIG_FILE, AWS_ACCESS_KEY_ID, AWS_WEB_IDENTITY_TOKEN_FILE, so it's not deploy's."),
      ).toHaveLength(2);
    });

    it(`a terminal whose start files change nothing of its session says nothing: ${name}`, () => {
      if (isMissing(name)) return;
      expect(look('export EDITOR=vi AWS_PAGER=less AWS_REGION=us-east-2')).not.toContain('changed');
    });
  }

  it('a terminal whose start files change its session says so too where it is not guarded', () => {
    expect(shown('bash', false, 'exit', { start: 'export AWS_PROFILE=other', options: { variables, pathFirst: null } })).toContain('<changed> AWS_PROFILE,');
  });
});
