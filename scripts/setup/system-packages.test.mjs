import { describe, expect, test } from 'vitest';
import { capture } from './child-process.mjs';
import { hasCandidate, isDebian } from './system-packages.mjs';

// The output of `apt-cache policy libasound2 libasound2t64 libnss3` on Ubuntu 24.04.
const policy = `libasound2:
  Installed: (none)
  Candidate: (none)
  Version table:
libasound2t64:
  Installed: (none)
  Candidate: 1.2.11-1build2
  Version table:
     1.2.11-1build2 500
libnss3:
  Installed: 2:3.98-1build1
  Candidate: 2:3.98-1build1
`;

describe('System packages', () => {
  test('system packages are chosen by the name that this release has', () => {
    expect(hasCandidate(policy, 'libasound2')).toBe(false);
    expect(hasCandidate(policy, 'libasound2t64')).toBe(true);
    expect(hasCandidate(policy, 'libnss3')).toBe(true);
    expect(hasCandidate(policy, 'libgtk-3-0t64')).toBe(false);
  });

  test.each([
    ['Debian', 'PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n', true],
    ['Ubuntu', 'ID=ubuntu\nID_LIKE=debian\n', true],
    ['Linux Mint', 'ID=linuxmint\nID_LIKE="ubuntu debian"\n', true],
    ['Fedora', 'NAME="Fedora Linux"\nID=fedora\n', false],
    ['a system that merely names it', 'ID=arch\nHOME_URL="https://debian.example"\n', false],
  ])('system packages are known to come from apt on %s: see /etc/os-release', (_name, osRelease, expected) => {
    expect(isDebian(osRelease)).toBe(expected);
  });

  test('the command that installs them for another user says for what there are some', async () => {
    const { code, stderr } = await capture(process.execPath, ['scripts/setup.mjs', '--system-packages', '--for', 'everything']);
    expect([code, stderr]).toEqual([1, 'There is nothing to set up for "everything": say --for build, start, demo, sign-in-demo, test, bench, package.\n']);
  });
});
