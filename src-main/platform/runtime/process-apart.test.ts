import { EventEmitter } from 'node:events';
import type { utilityProcess, UtilityProcess } from 'electron';
import { expect, it, vi } from 'vitest';
import { processApart } from './process-apart.ts';

it('a fatal error of a process apart, of which Electron 45 tells, stops no more than that process', () => {
  // Stands in for Electron's process: Electron 33, the runtime of these tests' machines, tells of no fatal errors.
  const child = new EventEmitter() as UtilityProcess;
  const fork = vi.fn<(typeof utilityProcess)['fork']>(() => child);
  const exited = vi.fn<(code: number) => void>();
  processApart({ fork }, '/app/reader.cjs', ['/project'], 'Reader').once('exit', exited);
  expect(fork).toHaveBeenCalledWith('/app/reader.cjs', ['/project'], { serviceName: 'Reader', stdio: 'ignore' });
  expect(() => child.emit('error', 'FatalError', 'CALL_AND_RETRY_LAST', '{"environmentVariables":{}}')).not.toThrow();
  child.emit('exit', 6);
  expect(exited).toHaveBeenCalledWith(6);
});
