import { expect, test } from 'vitest';
import { machineText, resultFile } from './machine.ts';

const kind = { processors: '2 × AMD EPYC', runtime: 'Electron 33.2.1', system: 'linux x64' };

test('machines of one kind share the file of their results, and those of another do not', () => {
  expect(machineText(kind)).toBe('2 × AMD EPYC, Electron 33.2.1, linux x64');
  expect(resultFile(kind)).toBe('2-amd-epyc-electron-33.2.1-linux-x64.json');
  expect(resultFile({ ...kind, processors: '8 × Intel(R) Xeon(R) CPU @ 2.20GHz' })).toBe('8-intel-r-xeon-r-cpu-2.20ghz-electron-33.2.1-linux-x64.json');
});
