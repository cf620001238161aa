import { describe, expect, it } from 'vitest';
import { commandOf, onlyPassesOn } from './program-name.ts';

const called = (...argv: string[]) => ({ argv });

describe('the command of a program', () => {
  it('the command of a program is its name and its subcommand or script', () => {
    const commands: [string[], string][] = [
      [['terraform', 'plan'], 'terraform plan'],
      [['/usr/local/bin/terraform', '-chdir=prod', 'apply', '-auto-approve'], 'terraform apply'],
      [['python3', '/srv/tools/deploy.py', '--token', 'abc'], 'python3 deploy.py'],
      [['/usr/bin/node', './app.mjs'], 'node app.mjs'],
      [['bash', 'Deploy-All.sh'], 'bash Deploy-All.sh'],
      [['make', 'deploy'], 'make deploy'],
      [['-bash'], 'bash'],
      [['C:\\Program Files\\Amazon\\AWSCLIV2\\aws.exe', 's3', 'ls'], 'aws s3'],
    ];
    for (const [argv, command] of commands) expect(commandOf(called(...argv))).toBe(command);
  });

  it('the command of a program is that of a script without extension, not of its interpreter', () => {
    expect(commandOf(called('/usr/bin/python3', '/usr/bin/aws', 's3', 'ls'))).toBe('aws s3');
    expect(commandOf(called('node', '/usr/bin/cdk', 'deploy'))).toBe('cdk deploy');
    expect(commandOf(called('/bin/sh', '/opt/bin/terragrunt', 'run-all'))).toBe('terragrunt run-all');
    expect(commandOf(called('python3', '-m', 'awscli'))).toBe('python3');
    expect(commandOf(called('python3', '-'))).toBe('python3');
  });

  it('the command of a program leaves out what may be a secret', () => {
    for (const word of [
      '-psecret',
      '--token',
      'PASSWORD=x',
      'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      'AKIAIOSFODNN7EXAMPLE',
      'user:password',
      'https://u:p@host/x',
      'two words',
      'pässword',
      '/s:x',
      '',
    ]) {
      expect(commandOf(called('tool', word))).toBe('tool');
    }
    expect(commandOf(called('mysql', '--password', 'hunter'))).toBe('mysql');
    expect(commandOf(called('tool', '--token=abc', '--key', 'def'))).toBe('tool');
  });

  it('the command of a program is short, and cannot pretend to be another text', () => {
    expect(commandOf(called('x'.repeat(100), 'plan'))).toHaveLength(60);
    expect(commandOf(called('a\u202Eb\u0007\n', 'plan'))).toBe('ab plan');
  });

  it('the command of a program comes from a title like from arguments', () => {
    expect(commandOf({ ...called('npm run deploy'), name: 'npm run deploy' })).toBe('npm run');
    expect(commandOf({ ...called('sshd: alice@pts/0'), name: 'sshd' })).toBe('sshd');
    expect(commandOf({ ...called('/opt/My Tool/my tool'), name: 'my tool' })).toBe('my tool');
  });
});

describe('a program with a name of its own choice', () => {
  it('a program with a name of its own choice is called by at most 60 characters, none of them half or unseen', () => {
    expect(commandOf({ argv: ['\u202e'], name: `\u001b[2J\u202e\u200b<b>${'x'.repeat(4096)}` })).toBe(`[2J<b>${'x'.repeat(54)}`);
    expect(commandOf({ argv: ['\u202e'], name: `${'x'.repeat(59)}👩` })).toBe('x'.repeat(59));
  });
});

describe('a program that only passes on', () => {
  it('a program that only passes on is a shell with a command line, STS Tray, or a provider of Terraform', () => {
    for (const argv of [
      ['sh', '-c', 'sts-tray credential-process x'],
      ['/bin/bash', '-o', 'pipefail', '-ec', 'x'],
      ['zsh', '-lc', 'x'],
      ['cmd.exe', '/d', '/s', '/c', 'x'],
      ['pwsh', '-NoProfile', '-Command', 'x'],
      ['/opt/STS Tray/sts-tray', 'exec', 'x'],
      ['/bin/sh', '/usr/bin/sts-tray', 'credential-process', 'x'],
      ['STS Tray.exe'],
      ['.terraform/providers/terraform-provider-aws_v5.1.0_x5'],
    ])
      expect([argv, onlyPassesOn(called(...argv))]).toEqual([argv, true]);
  });

  it('a program that only passes on is no shell that a person types in, nor one that runs a script', () => {
    for (const argv of [
      ['-bash'],
      ['bash', '--norc'],
      ['zsh', '-i'],
      ['sh', 'deploy.sh', '-c'],
      ['bash', '-C'],
      ['cmd.exe', '/k'],
      ['terraform', 'plan', '-c'],
    ]) {
      expect([argv, onlyPassesOn(called(...argv))]).toEqual([argv, false]);
    }
  });
});
