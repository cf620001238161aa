import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { reasonOfErrors } from './outcome.mjs';
import { watchProgress } from './progress.mjs';

/** Writes the Outcome of a Playwright run to the file in `OUTCOME_FILE`, and says now and then how far it is. */
export default class OutcomeReporter {
  #suite;
  /** @readonly */
  #errors = [];
  #progress;

  printsToStdio() {
    return false;
  }

  onBegin(_config, suite) {
    this.#suite = suite;
    this.#progress = watchProgress('e2e');
    this.#progress.total = suite.allTests().length;
  }

  onTestEnd() {
    this.#progress?.oneMore();
  }

  /** Errors outside of any test: a file that can't be loaded, a failed global set-up. */
  onError(error) {
    this.#errors.push({ title: 'outside of any test', reason: reasonOfErrors([error]) });
  }

  onEnd() {
    const outcome = { passed: 0, failed: [...this.#errors], skipped: [], unsteady: [], tests: [] };
    for (const test of this.#suite?.allTests() ?? []) {
      outcome.tests.push({ title: titleOf(test), state: stateOf(test), times: timesOf(test) });
      if (test.outcome() === 'skipped') outcome.skipped.push({ title: titleOf(test), reason: reasonOf(test) });
      else if (test.ok()) outcome.passed += 1;
      else outcome.failed.push(told(test));
      if (test.outcome() === 'flaky') outcome.unsteady.push(told(test));
    }
    writeFileSync(process.env.OUTCOME_FILE, JSON.stringify(outcome));
  }
}

const told = (test) => ({ title: titleOf(test), reason: reasonOfErrors(test.results.flatMap(({ errors }) => errors)) });

function titleOf(test) {
  // titlePath() is: root, project, file, describe blocks, test.
  return [relative(process.cwd(), test.location.file), ...test.titlePath().slice(3)].join(' › ');
}

const reasonOf = ({ annotations }) => annotations.find(({ type }) => type === 'skip' || type === 'fixme')?.description ?? null;

const states = { skipped: 'skipped', expected: 'passed', flaky: 'unsteady', unexpected: 'failed' };
const stateOf = (test) => states[test.outcome()];

/** As the test says it by an annotation; 1 where it does not. */
const timesOf = ({ results }) => Number(results.at(-1)?.annotations?.find(({ type }) => type === 'times')?.description ?? 1);
