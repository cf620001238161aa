import { bodiesOf, referenceFor, referenceOf, type Block } from '../language/blocks.ts';
import { blocksIn, type Module, type ModuleFile } from '../language/module-files.ts';
import type { Scope } from '../language/scope.ts';
import type { Body } from '../structure/body.ts';
import { namesIn } from './providers/provider-arguments.ts';
import { overriddenBy, type Mocks } from './modules/mocks.ts';

/** A `run` block of a test file (Terraform language documentation, "Tests"). */
export type TestRun = {
  readonly name: string;
  /** What it names in `module`; undefined where it runs the project itself. */
  readonly source: unknown;
  /** `variables` of the file, and of the run, which win. */
  readonly variables: { readonly file: readonly Body[]; readonly run: readonly Body[] };
  /** The providers that the run's module gets, under the names that it has for them. */
  readonly providers: readonly Block[];
  /** Null where nothing answers in the place of AWS. */
  readonly mocks: Mocks | null;
};

export function testRuns(file: ModuleFile): readonly TestRun[] {
  const { body } = file;
  const blocks = (keyword: string): readonly Block[] => blocksIn(file, keyword, 1);
  const mocked = blocks('mock_provider').map((block): Block => ({ ...block, isMock: true }));
  const providers = [...blocks('provider'), ...mocked];
  return blocks('run').map((run) => ({
    name: run.labels[0] ?? '',
    source: bodiesOf(run.body['module'])[0]?.['source'],
    variables: { file: bodiesOf(body['variables']), run: bodiesOf(run.body['variables']) },
    providers: handed(run.body, providers),
    mocks: mocksIn([body, run.body], mocked),
  }));
}

function mocksIn(bodies: readonly Body[], providers: readonly Block[]): Mocks | null {
  const targets = new Set(overriddenBy([...bodies, ...providers.map(({ body }) => body)]));
  return targets.size === 0 && providers.length === 0 ? null : { targets, isOpen: providers.some(({ body }) => 'source' in body) };
}

/** A module as a run has it: with the run's providers in place of its own. */
export function moduleInRun(module: Module, { providers }: TestRun): Module {
  const replaced = new Set(providers.map(referenceFor));
  return { ...module, providers: [...module.providers.filter((block) => !replaced.has(referenceFor(block))), ...providers] };
}

/** Without a `providers` argument, or with an empty one, a run gets all that its file configures. */
function handed({ providers: said }: Body, providers: readonly Block[]): readonly Block[] {
  const bodies = bodiesOf(said);
  if (bodies.every((body) => namesIn(body).length === 0)) return providers;
  return bodies.flatMap((body) =>
    Object.entries(body).flatMap(([inside, outside]) => {
      const block = providers.find((one) => referenceFor(one) === referenceOf(outside));
      const [local = '', alias] = referenceOf(inside).split('.');
      if (block === undefined) return [];
      const { alias: _own, ...rest } = block.body;
      const renamed: Body = alias === undefined ? rest : { ...rest, alias };
      return [{ ...block, labels: [local], body: renamed }];
    }),
  );
}

/** A scope for the providers of a run, which do not see the variables of the run. */
export function scopeFor({ providers }: TestRun, scope: Scope): (block: Block) => Scope | undefined {
  const own = new Set(providers);
  return (block) => (own.has(block) ? scope : undefined);
}
