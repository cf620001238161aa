/** An expected failure of a script: one sentence that says what happened and what to do next. */
export class SetupError extends Error {}

/** Prints the failure on stderr and returns the exit code: 2 for wrong usage, else 1. */
export function tellFailure(error, usage) {
  if (error instanceof SetupError) {
    console.error(error.message);
    return 1;
  }
  if (usage && error?.code?.startsWith('ERR_PARSE_ARGS')) {
    console.error(`${error.message}\nUsage: ${usage}`);
    return 2;
  }
  console.error(error);
  return 1;
}
