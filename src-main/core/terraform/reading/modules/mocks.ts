import { bodiesOf, labelled, traversalIn, type Block } from '../../language/blocks.ts';
import type { Module } from '../../language/module-files.ts';
import type { Body } from '../../structure/body.ts';

/** What tests answer in the place of AWS and of modules: what it says, only the test files do (Terraform language documentation, "Tests", "Mocks"). */
export type Mocks = {
  /** Modules, data sources and resources, such as `module.a.data.aws_ssm_parameter.role`, without keys of instances. */
  readonly targets: ReadonlySet<string>;
  /** Whether a mocked provider has more of them in files of its own, which are not read. */
  readonly isOpen: boolean;
};

const overrides = ['override_module', 'override_data', 'override_resource'] as const;

/** What bodies override: those of a test file, of a run, and of the mocked providers of the file. */
export function overriddenBy(bodies: readonly Body[]): readonly string[] {
  return bodies.flatMap((body) => overrides.flatMap((name) => bodiesOf(body[name]).flatMap(({ target }) => targetIn(target) ?? [])));
}

function targetIn(json: unknown): string | null {
  const said = traversalIn(json);
  return said === null ? null : [said.root, ...said.steps.flatMap((step) => (step.kind === 'attribute' ? [step.name] : []))].join('.');
}

/** Whether a module is overridden, or one that it is in. */
export function isModuleMocked(path: readonly string[], { targets, isOpen }: Mocks): boolean {
  return isOpen || path.some((_name, index) => targets.has(addressOf(path.slice(0, index + 1))));
}

/** The module of a call, in which what is overridden is marked: data sources, resources, and checks for the sake of their data sources. */
export function mockedModule(module: Module, path: readonly string[], mocks: Mocks): Module {
  const isWhole = isModuleMocked(path, mocks);
  const isTarget = (labels: readonly string[], kind: readonly string[] = []): boolean =>
    isWhole || mocks.targets.has([...modulesIn(path), ...kind, ...labels].join('.'));
  const marked = (blocks: readonly Block[], isMarked: (block: Block) => boolean): readonly Block[] =>
    blocks.map((block) => (isMarked(block) ? { ...block, isMock: true } : block));
  return {
    ...module,
    data: marked(module.data, ({ labels }) => isTarget(labels, ['data'])),
    resources: marked(module.resources, ({ labels }) => isTarget(labels)),
    checks: marked(module.checks, ({ body }) => labelled(body['data'], 2).some(({ labels }) => isTarget(labels, ['data']))),
  };
}

function addressOf(path: readonly string[]): string {
  return modulesIn(path).join('.');
}

function modulesIn(path: readonly string[]): readonly string[] {
  return path.flatMap((name) => ['module', name]);
}
