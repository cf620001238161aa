/**
 * A step runs its tools with `runTool`, which takes a tool, its arguments and options, and shows what it prints.
 * @typedef {{ name: string, run: (runTool: (tool: string, args: string[], options?: object) => Promise<number>) => Promise<import('./outcome.mjs').Outcome> }} Step
 */

/**
 * Runs every step, also when an earlier one has failed. Steps in a list of their own run one after another
 * beside the step behind the list, and each shows what it printed when it has ended.
 * @param {(Step | Step[])[]} steps
 * @returns {Promise<import('./outcome.mjs').Outcome[]>} of each step, with its name before the titles of what failed
 */
export async function runSteps(steps, runTool) {
  const outcomes = [];
  const keep = (name, outcome) => {
    outcomes.push({ ...outcome, failed: outcome.failed.map(({ title, reason }) => ({ title: `${name}: ${title}`, reason })) });
  };
  let beside = Promise.resolve();
  for (const step of steps) {
    if (Array.isArray(step)) {
      beside = runBeside(step, runTool, keep);
      continue;
    }
    console.log(headingOf(step));
    keep(step.name, await step.run(runTool));
    await beside;
  }
  return outcomes;
}

async function runBeside(steps, runTool, keep) {
  for (const step of steps) keep(step.name, await step.run((tool, args, options) => runTool(tool, args, { ...options, heading: headingOf(step) })));
}

const headingOf = ({ name }) => `\n── ${name}`;
