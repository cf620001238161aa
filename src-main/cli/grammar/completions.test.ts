import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandNames, completionShells, type CompletionShell } from './commands.ts';
import { completionScript } from './completions.ts';
import { cliTexts } from '../texts/texts.ts';

const { t } = cliTexts('en');
const kept = { bash: 'sts-tray.bash', zsh: '_sts-tray', fish: 'sts-tray.fish', powershell: 'sts-tray.ps1' };
const folderOfKept = join(import.meta.dirname, '../../../bin/completions');
const isInstalled = (program: string) => (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));

const config = `[default]
region = eu-west-1
[profile prod]
[ profile "my profile" ]
[sso-session prod-sso]
[services x]
`;
const credentials = '[dev]\n[prod]\n';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'sts-tray completions-'));
  await mkdir(join(home, '.aws'));
  await mkdir(join(home, 'a folder'));
  await writeFile(join(home, '.aws/config'), config);
  await writeFile(join(home, '.aws/credentials'), credentials);
  for (const shell of completionShells) await writeFile(join(home, shell), completionScript(shell, t));
});
afterAll(() => rm(home, { recursive: true }));

/** What a real shell offers for the words, the last of which is being typed. */
async function offers(shell: CompletionShell, words: readonly string[]): Promise<string[]> {
  const env = { PATH: process.env['PATH'], HOME: home, TERM: 'dumb', XDG_CONFIG_HOME: home, XDG_DATA_HOME: home };
  const { stdout } = await promisify(execFile)(shell, ['-c', drivers[shell](['sts-tray', ...words])], { env, cwd: home });
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .toSorted();
}

const quoted = (words: readonly string[]) => words.map((word) => `'${word}'`).join(' ');
const drivers: Readonly<Record<CompletionShell, (words: readonly string[]) => string>> = {
  bash: (words) => `source "$HOME/bash"; COMP_WORDS=(${quoted(words)}); COMP_CWORD=${words.length - 1}; _sts_tray; printf '%s\\n' "\${COMPREPLY[@]}"`,
  fish: (words) => `source $HOME/fish; complete -C ${quoted([words.join(' ')])} | string replace -r '\\t.*' ''; true`,
  zsh: () => '',
  powershell: () => '',
};

describe('completions', () => {
  // `sts-tray completion SHELL` prints what belongs there.
  it.each(completionShells)('completions in English for %s are kept beside the launcher', async (shell) => {
    expect(await readFile(join(folderOfKept, kept[shell]), 'utf8')).toBe(completionScript(shell, t));
  });

  it.each(completionShells)('completions for %s name every command', (shell) => {
    for (const name of commandNames) expect(completionScript(shell, t)).toContain(name);
  });

  it.runIf(isInstalled('bash'))('completions of bash go on behind a colon in a profile’s name, where bash begins another word', async () => {
    await writeFile(join(home, 'with colons'), '[profile team:prod]\n[profile team:a b]\n[profile other]\n');
    const after = async (...typed: string[]) => {
      const words = ['sts-tray', ...typed];
      const script = `COMP_WORDBREAKS=$' \\t\\n"\\'><=;|&(:'; ${drivers.bash(words)}`;
      const env = { PATH: process.env['PATH'], HOME: home, AWS_CONFIG_FILE: join(home, 'with colons'), AWS_SHARED_CREDENTIALS_FILE: '/dev/null' };
      return (await promisify(execFile)('bash', ['-c', script], { env, cwd: home })).stdout.split('\n').filter((line) => line !== '');
    };
    expect(await after('login', 'te')).toEqual(['team:a\\ b', 'team:prod']);
    expect(await after('login', 'team', ':')).toEqual(['a\\ b', 'prod']);
    expect(await after('login', 'team', ':', 'p')).toEqual(['prod']);
    expect(await after('exec', 'team', ':', 'prod', '--', 'bas')).toContain('bash');
  });

  it.runIf(isInstalled('zsh'))('completions for zsh are read without a complaint, and list the profiles', async () => {
    const script = 'autoload -Uz compinit && compinit -u -D; source $HOME/zsh && _sts_tray_profile_names; print $_comps[sts-tray]';
    const { stdout, stderr } = await promisify(execFile)('zsh', ['-f', '-c', script], { env: { PATH: process.env['PATH'], HOME: home } });
    expect(stderr).toBe('');
    expect(stdout.trimEnd().split('\n')).toEqual(['default', 'prod', 'my profile', 'dev', 'prod', '_sts_tray']);
  });

  describe.each((['bash', 'fish'] as const).filter(isInstalled))('of %s', (shell) => {
    const name = (profile: string) => (shell === 'bash' ? profile.replace(' ', '\\ ') : profile);

    it('completions offer the commands', async () => {
      expect(await offers(shell, [''])).toEqual([...commandNames].toSorted());
      expect(await offers(shell, ['--user-data-dir', 'x', 'log'])).toEqual(['login', 'logout']);
    });

    it('completions offer the profiles of both AWS files', async () => {
      expect(await offers(shell, ['login', ''])).toEqual(['default', 'dev', name('my profile'), 'prod']);
      expect(await offers(shell, ['exec', '--static', 'p'])).toEqual(['prod']);
      expect(await offers(shell, ['login', 'prod', ''])).toEqual([]);
    });

    it('completions offer the options of the command', async () => {
      expect(await offers(shell, ['login', '--'])).toEqual(['--code-from', '--code-stdin', '--device', '--duration', '--help', '--policy', '--user-data-dir']);
      expect(await offers(shell, ['logout', '--a'])).toEqual(['--all']);
    });

    it('completions offer the shells', async () => {
      expect(await offers(shell, ['export', 'prod', '--shell', ''])).toEqual(['bash', 'cmd', 'dotenv', 'fish', 'json', 'powershell', 'zsh']);
      expect(await offers(shell, ['completion', ''])).toEqual(['bash', 'fish', 'powershell', 'zsh']);
    });

    it('completions offer programs behind the dashes of exec', async () => {
      expect(await offers(shell, ['exec', 'prod', '--', 'bas'])).toContain('bash');
    });
  });
});
