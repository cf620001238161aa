import { describe, expect, it } from 'vitest';
import { addedArguments } from '../../../src-main/core/terraform/runs/added-arguments.ts';
import { sampleValues } from './samples.ts';
import { terraformWords } from './terraform-words.ts';

// ADDED_ARGUMENTS=2000 asks Terraform about so many, one by one; SEED chooses others.
const count = Number(process.env['ADDED_ARGUMENTS'] ?? 1);
const seed = Number(process.env['SEED'] ?? 1);

/** Those that neither end what Terraform reads nor are refused can stand in one line, so that one start of Terraform is enough for them. */
const joinable = sampleValues(900, seed).filter((value) => addedArguments(`${value} last`)?.at(-1) === 'last');

describe('what TF_CLI_ARGS adds', () => {
  it(`is for ${joinable.length} values in one line, up to an unquoted ampersand, what the real Terraform splits them into`, async () => {
    expect(joinable.length).toBeGreaterThan(200);
    const line = [...joinable, '-var label=R&D -var-file=prod.tfvars'].join(' ');
    expect(await terraformWords(line)).toEqual([...joinable.flatMap(addedArguments), '-var', 'label=R']);
    expect(addedArguments(line)?.slice(-2)).toEqual(['-var', 'label=R']);
  });

  it(`is for each of ${count} values by itself what the real Terraform splits it into, or not known`, { timeout: 600_000 }, async () => {
    const different: object[] = [];
    let [known, refused] = [0, 0];
    for (const value of sampleValues(count, seed)) {
      const [theirs, ours] = [await terraformWords(value), addedArguments(value)];
      if (ours !== null) known += 1;
      else if (theirs === null) refused += 1;
      if (ours !== null && JSON.stringify(ours) !== JSON.stringify(theirs)) different.push({ value, theirs, ours });
    }
    if (process.env['ADDED_ARGUMENTS'] !== undefined) process.stdout.write(`${known} known, ${refused} refused by both, ${different.length} different\n`);
    expect(different).toEqual([]);
  });
});
