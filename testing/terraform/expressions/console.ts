import { execFile } from 'node:child_process';
import { z } from 'zod';

/** What `terraform console` makes of an expression: JSON text, the word `failed` where it refuses it, null where it is not known, or not even `try` can catch it. */
export type Answer = string | null;

const failedText = 'FAILED';
const Answers = z.array(z.string());

/** The console takes no longer line. */
const lineMax = 60_000;

/** Asks for many expressions at once, since a start takes longer than hundreds of them. */
export async function askConsole(folder: string, expressions: readonly string[]): Promise<readonly Answer[]> {
  // In one line: the console looks at all lines again for each one.
  const line = `jsonencode([${expressions.map((expression) => `try(jsonencode(${expression}), "${failedText}")`).join(', ')}])\n`;
  const output = line.length > lineMax ? null : await run(folder, line);
  // Where a part is not known, the console says so of the whole.
  if (output?.startsWith('"') === true)
    return Answers.parse(JSON.parse(z.string().parse(JSON.parse(output)))).map((text) => (text === failedText ? 'failed' : text));
  if (expressions.length === 1) return [null];
  const half = Math.ceil(expressions.length / 2);
  return [...(await askConsole(folder, expressions.slice(0, half))), ...(await askConsole(folder, expressions.slice(half)))];
}

function run(folder: string, input: string): Promise<string | null> {
  return new Promise((resolve) => {
    const env = { ...process.env, CHECKPOINT_DISABLE: '1' };
    const child = execFile('terraform', ['console', '-no-color'], { cwd: folder, env, maxBuffer: 1 << 28 }, (error, stdout) =>
      resolve(error === null ? stdout : null),
    );
    child.stdin?.end(input);
  });
}
