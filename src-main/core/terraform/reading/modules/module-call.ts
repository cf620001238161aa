import type { Module } from '../../language/module-files.ts';

/** One call of a module, as the files have it. */
export type ModuleCall = {
  /** Such as `module.network.module.vpc`; empty for the root. */
  readonly address: string;
  readonly path: readonly string[];
  readonly folder: string;
  readonly module: Module;
  /** Null for the root. */
  readonly caller: ModuleCall | null;
  /** The caller's references to provider configurations, by those of the module. */
  readonly handed: ReadonlyMap<string, string>;
};
