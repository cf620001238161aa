import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { reasonOfErrors } from './outcome.mjs';
import { watchProgress } from './progress.mjs';

/**
 * Writes the Outcome of a Vitest run to the file in `OUTCOME_FILE`. Vitest's own JSON report leaves
 * out why a test was skipped. Says now and then how many files are done.
 */
export default class OutcomeReporter {
  #progress;

  onTestRunStart(specifications) {
    this.#progress = watchProgress('unit');
    this.#progress.total = specifications.length;
  }

  onTestModuleEnd() {
    this.#progress?.oneMore();
  }

  onTestRunEnd(modules, unhandledErrors) {
    const outcome = { passed: 0, failed: unhandledErrors.map((error) => failed('outside of any test', [error])), skipped: [], tests: [] };
    for (const module of modules) {
      const file = relative(process.cwd(), module.moduleId);
      const before = outcome.failed.length;
      for (const test of module.children.allTests()) {
        const { state, note, errors } = test.result();
        const title = `${file} › ${test.fullName.replaceAll(' > ', ' › ')}`;
        outcome.tests.push({ title, state, times: test.meta().times ?? 1 });
        if (state === 'passed') outcome.passed += 1;
        else if (state === 'failed') outcome.failed.push(failed(title, errors));
        else outcome.skipped.push({ title, reason: note ?? null });
      }
      // A file that can't be loaded has no failed test, so the file itself counts as one.
      if (module.state() === 'failed' && outcome.failed.length === before) outcome.failed.push(failed(file, module.errors()));
    }
    writeFileSync(process.env.OUTCOME_FILE, JSON.stringify(outcome));
  }
}

const failed = (title, errors) => ({ title, reason: reasonOfErrors(errors) });
