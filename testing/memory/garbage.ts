import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Takes away all in this process that nobody holds any more. */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  // What is only held by something with a finaliser goes with the second collection.
  for (let time = 0; time < 3; time += 1) collect();
}

/** How many of these are still held by somebody. What was looked at in this turn of the event loop counts as held, so it waits for another. */
export async function stillHeld(things: readonly WeakRef<object>[]): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 10));
  collectGarbage();
  return things.filter((thing) => thing.deref() !== undefined).length;
}
