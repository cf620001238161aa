import type { Variables } from './exports.ts';
import { guardVariables } from './guarded-program.ts';

type Guarded = {
  /** Whose session the programs have that are to be guarded; null where the guard has looked already, or the user wants none. */
  readonly profile: string | null;
  /** Of a session that is in the environment itself; null for one that is asked for. */
  readonly accessKeyId: string | null;
  /** Of `--account`. They also hold for `sts-tray exec` within the command. */
  readonly accounts: readonly string[];
};

type Place = {
  /** The folder with the programs that stand before the real ones; null for none. */
  readonly folder: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Between the folders of PATH. */
  readonly delimiter: string;
};

/** What a command needs for the programs that it starts to be guarded, and what it must not keep of a guard around it. */
export function guardedEnvironment(
  { profile, accessKeyId, accounts }: Guarded,
  { folder, env, delimiter }: Place,
): { set: Variables; unset: readonly string[] } {
  const isGuarded = folder !== null && profile !== null;
  return {
    set: [
      ...(folder === null ? [] : [['PATH', inFront(folder, env['PATH'], delimiter)] as const]),
      ...(isGuarded ? [[guardVariables.profile, profile] as const] : []),
      ...(isGuarded && accessKeyId !== null ? [[guardVariables.accessKeyId, accessKeyId] as const] : []),
      ...(accounts.length === 0 ? [] : [[guardVariables.account, accounts.join(',')] as const]),
    ],
    unset: Object.values(guardVariables).filter((name) => env[name] !== undefined),
  };
}

function inFront(folder: string, path: string | undefined, delimiter: string): string {
  const others = path ? path.split(delimiter) : [];
  return [folder, ...others.filter((other) => other !== folder)].join(delimiter);
}
