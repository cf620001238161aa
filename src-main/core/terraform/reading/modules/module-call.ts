import type { Module } from '../../language/module-files.ts';

/** One call of a module, as the files have it. */
export type ModuleCall = {
  /** Such as `module.network.module.vpc`; empty for the root. */
  readonly address: string;
  readonly path: readonly string[];
  /** Where its files are, as a full path. */
  readonly folder: string;
  /** The folder as `path.module` has it: a path from the folder in which Terraform runs, or a full one; null where that is not known. */
  readonly sourceDir: string | null;
  readonly module: Module;
  /** Null for the root. */
  readonly caller: ModuleCall | null;
  /** The caller's references to provider configurations, by those of the module. */
  readonly handed: ReadonlyMap<string, string>;
};
