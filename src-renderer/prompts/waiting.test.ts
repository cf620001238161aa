import { describe, expect, it } from 'vitest';
import type { WaitingProgram } from '../../src-main/contract/ui-state.ts';
import { folderEnd, shownPrograms } from './waiting.ts';

function program(pid: number, profile = 'default'): WaitingProgram {
  return { pid, command: 'terraform plan', folder: null, profile, executable: null, verified: true, peer: null };
}

const pids = (programs: readonly WaitingProgram[]) => shownPrograms(programs).shown.map(({ pid }) => pid);

describe('the programs that wait', () => {
  it('the programs that wait are all named up to three, in the order in which they came', () => {
    expect(shownPrograms([])).toEqual({ shown: [], more: 0 });
    expect(pids([program(3), program(1), program(2)])).toEqual([3, 1, 2]);
  });

  it('the programs that wait are counted from the third on when there are more', () => {
    const programs = [1, 2, 3, 4, 5, 6, 7].map((pid) => program(pid));
    expect(pids(programs)).toEqual([1, 2]);
    expect(shownPrograms(programs).more).toBe(5);
  });

  it('the programs that wait are named once, however often they ask for a profile', () => {
    expect(shownPrograms([program(1), program(2), program(1), program(1, 'prod')])).toEqual({
      shown: [program(1), program(2), program(1, 'prod')],
      more: 0,
    });
  });
});

describe('the folder of a program', () => {
  it.each([
    ['~/work/network', '~/work/network'],
    ['~/work/live/network', '…/live/network'],
    ['/home/alice/projects/network/', '…/projects/network'],
    ['C:\\Users\\alice\\network', '…\\alice\\network'],
    ['/srv', '/srv'],
    ['/', '/'],
  ])('the folder of a program is shown by its end: %s', (folder, end) => {
    expect(folderEnd(folder)).toBe(end);
  });
});
