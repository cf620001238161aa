import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Verdict } from '../../src-main/contract/guard.ts';

/** A project on which the guard once erred, or could have; `testing/terraform/guard-cases/README.md` says what each of its files means. */
export type GuardCase = {
  readonly name: string;
  /** Where the project is. Terraform leaves files in the folder in which it runs, so it has to run in a copy. */
  readonly folder: string;
  /** The exit status of `exec` where nobody can be asked: 0 may go on, 3 is stopped. */
  readonly status: number;
  readonly verdict: Verdict;
  /** The accounts that it deploys to, if it may go on. */
  readonly accounts: readonly string[];
  /** With which words Terraform itself refuses it; null where it does not. */
  readonly refusal: string | null;
  /** Terraform's arguments. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
};

/** The files that say what a case is; Terraform reads none of them. */
export const sayings = ['expect', 'why', 'env', 'args', 'verdict', 'reached', 'before', 'refusal'] as const;

const root = join(import.meta.dirname, 'guard-cases');

/** All of them, in the order of their names. */
export function guardCases(): readonly GuardCase[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted()
    .map(guardCase);
}

function guardCase(name: string): GuardCase {
  const folder = join(root, name);
  const text = (saying: (typeof sayings)[number]): string | null => {
    const path = join(folder, saying);
    return existsSync(path) ? readFileSync(path, 'utf8').trim() : null;
  };
  const lines = (saying: (typeof sayings)[number]) => text(saying)?.split('\n').filter(Boolean);
  const status = Number(text('expect'));
  const isTested = existsSync(join(folder, 'tests'));
  return {
    name,
    folder,
    status,
    verdict: (text('verdict') as Verdict | null) ?? (status === 0 ? 'match' : 'mismatch'),
    accounts: lines('reached') ?? ['222222222222'],
    refusal: text('refusal'),
    args: [...(isTested ? ['test'] : ['apply', '-auto-approve', '-input=false']), ...(lines('args') ?? [])],
    env: Object.fromEntries((lines('env') ?? []).map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)])),
  };
}
