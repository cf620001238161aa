import { afterAll, vi } from 'vitest';

// Test files share a process: what one of them has stubbed, the next one shall not see.
afterAll(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});
