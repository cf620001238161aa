import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { cpuMsBetween, descendants, parseParent, parsePss, processTree, pssOf, threadTimes } from './process-tree.ts';

describe('/proc/PID/stat', () => {
  test('/proc/PID/stat tells the parent', () => {
    expect(parseParent('812 (node) S 811 812 811 34816 812 4194304')).toBe(811);
  });

  test('/proc/PID/stat is read past a command with spaces and parentheses', () => {
    expect(parseParent('812 (a) S 1 (b) R 811 812 811 34816 812 4194304')).toBe(811);
  });

  test('a /proc/PID/stat of another form is refused', () => {
    expect(() => parseParent('')).toThrow('Not a process');
  });
});

test('the proportional set size is told in bytes', () => {
  expect(parsePss('Rss:   2048 kB\nPss:   1000 kB\nPss_Anon:   10 kB\n')).toBe(1_024_000);
});

test('descendants are children and theirs', () => {
  const parents = new Map([
    [2, 1],
    [3, 2],
    [4, 3],
    [5, 1],
  ]);
  expect(descendants(2, parents)).toEqual([2, 3, 4]);
});

test('the time between two looks counts new threads in full, and nothing for ended ones', () => {
  const before = new Map([
    ['1/1', 5e6],
    ['1/2', 9e6],
  ]);
  const after = new Map([
    ['1/1', 7e6],
    ['3/3', 1e6],
  ]);
  expect(cpuMsBetween(before, after)).toBe(3);
});

test.runIf(process.platform === 'linux')('a tree has the memory and the time of all its processes', async () => {
  const busy = 'while (process.cpuUsage().user < 200_000); process.stdout.write("."); setInterval(() => {}, 1000)';
  const shell = spawn('sh', ['-c', `"${process.execPath}" -e '${busy}'; true`], { stdio: ['ignore', 'pipe', 'ignore'], detached: true });
  try {
    await once(shell.stdout, 'data');
    const tree = processTree(shell.pid ?? 0);
    expect(tree).toHaveLength(2);
    expect(cpuMsBetween(new Map(), threadTimes(tree))).toBeGreaterThan(90);
    expect(pssOf(tree)).toBeGreaterThan(5_000_000);
  } finally {
    process.kill(-(shell.pid ?? 0), 'SIGKILL');
  }
});
