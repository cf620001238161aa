/**
 * A step runs its tools with `runTool`, which takes a tool, its arguments and options, and shows what it prints.
 * @typedef {{ name: string, run: (runTool: (tool: string, args: string[], options?: object) => Promise<number>) => Promise<import('./outcome.mjs').Outcome> }} Step
 */

/**
 * Runs every step, also when an earlier one has failed. Steps in a list of their own run one after another
 * beside the step behind the list, and each shows what it printed when it has ended.
 * @param {(Step | Step[])[]} steps
 */
export async function runSteps(steps, runTool) {
  const outcomes = [];
  const failedSteps = [];
  const keep = (name, outcome) => {
    outcomes.push(outcome);
    if (outcome.failed > 0) failedSteps.push(name);
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
  return { outcomes, failedSteps };
}

async function runBeside(steps, runTool, keep) {
  for (const step of steps) keep(step.name, await step.run((tool, args, options) => runTool(tool, args, { ...options, heading: headingOf(step) })));
}

const headingOf = ({ name }) => `\n── ${name}`;
