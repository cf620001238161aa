import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
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
