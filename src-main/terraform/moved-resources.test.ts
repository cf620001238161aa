import { expect, it } from 'vitest';
import { awsBlock, parameter, waysOf } from '../../testing/terraform/written-project.ts';

const providers = `${awsBlock('222222222222')}provider "aws" {\n  alias  = "logs"\n  region = "eu-west-1"\n}\n`;
const call = (more = ''): string => `module "m" {\n  source = "./m"\n${more}}\n`;

type Held = {
  readonly module?: string;
  readonly name?: string;
  readonly keys?: readonly (string | number)[];
  /** Another resource in the state, made with the provider that the files use. */
  readonly beside?: { readonly module?: string; readonly name: string };
};

/** How `aws.logs` is used, with which the state made a resource. */
async function useOfLogs(
  moved: readonly (readonly [from: string, to: string])[],
  { module, name = 'old', keys, beside }: Held = {},
  files = '',
  child = parameter(),
) {
  const resource = {
    ...(module === undefined ? {} : { module }),
    ...{ mode: 'managed', type: 'aws_ssm_parameter', name, provider: 'provider["registry.terraform.io/hashicorp/aws"].logs' },
    instances: keys?.map((key) => ({ index_key: key })) ?? [{}],
  };
  const other = { mode: 'managed', type: 'aws_ssm_parameter', provider: 'provider["registry.terraform.io/hashicorp/aws"]', instances: [{}], ...beside };
  const moves = moved.map(([from, to]) => `moved {\n  from = ${from}\n  to   = ${to}\n}\n`).join('');
  const [, use = ''] = await waysOf({
    'main.tf': `${providers}${parameter()}${files}${moves}`,
    'm/main.tf': child,
    'terraform.tfstate': JSON.stringify({ version: 4, resources: beside === undefined ? [resource] : [resource, other] }),
  });
  return use;
}

const isDestroyed = 'aws.logs (state)';
const isNot = 'aws.logs (nothing)';

it('a resource that was moved is destroyed by nobody, in one step or several', async () => {
  expect(await useOfLogs([])).toBe(isDestroyed);
  expect(await useOfLogs([['aws_ssm_parameter.old', 'aws_ssm_parameter.this']])).toBe(isNot);
  expect(await useOfLogs([['aws_ssm_parameter . old', 'aws_ssm_parameter.this # renamed']], { keys: ['a', 'b'] })).toBe(isNot);
  const steps = [
    ['aws_ssm_parameter.middle', 'aws_ssm_parameter.this'],
    ['aws_ssm_parameter.old', 'aws_ssm_parameter.middle'],
  ] as const;
  expect(await useOfLogs(steps)).toBe(isNot);
});

it('a resource that was moved to where the files have nothing is destroyed all the same', async () => {
  expect(await useOfLogs([['aws_ssm_parameter.old', 'aws_ssm_parameter.gone']])).toBe(isDestroyed);
  expect(await useOfLogs([['aws_ssm_parameter.else', 'aws_ssm_parameter.this']])).toBe(isDestroyed);
  const circle = [
    ['aws_ssm_parameter.old', 'aws_ssm_parameter.back'],
    ['aws_ssm_parameter.back', 'aws_ssm_parameter.old'],
  ] as const;
  expect(await useOfLogs(circle)).toBe(isDestroyed);
});

it('a resource that was moved to where the state has another one is destroyed, since Terraform leaves that move out', async () => {
  const renamed = ['aws_ssm_parameter.old', 'aws_ssm_parameter.this'] as const;
  expect(await useOfLogs([renamed], { beside: { name: 'this' } })).toBe(isDestroyed);
  expect(await useOfLogs([renamed], { beside: { name: 'else' } })).toBe(isNot);
  const whole = ['module.gone', 'module.m'] as const;
  expect(await useOfLogs([whole], { module: 'module.gone', name: 'this', beside: { module: 'module.m', name: 'else' } }, call())).toBe(isDestroyed);
  expect(await useOfLogs([whole], { module: 'module.gone', name: 'this', beside: { module: 'module.n', name: 'else' } }, call())).toBe(isNot);
});

it('a resource is destroyed where the files have an ephemeral one of its name, which no state holds', async () => {
  expect(await useOfLogs([], {}, 'ephemeral "aws_ssm_parameter" "old" {\n  arn = "x"\n}\n')).toBe(isDestroyed);
  expect(await useOfLogs([], {}, parameter().replace('"this"', '"old"'))).toBe(isNot);
});

it('of a resource with several instances each has to be moved', async () => {
  const first = ['aws_ssm_parameter.old[0]', 'aws_ssm_parameter.this'] as const;
  expect(await useOfLogs([first], { keys: [0] })).toBe(isNot);
  expect(await useOfLogs([first], { keys: [0, 1] })).toBe(isDestroyed);
  expect(await useOfLogs([first], { keys: ['0'] })).toBe(isDestroyed);
  expect(await useOfLogs([['aws_ssm_parameter.old', 'aws_ssm_parameter.this["a"]']])).toBe(isNot);
  expect(await useOfLogs([['aws_ssm_parameter.old', 'aws_ssm_parameter.this["a"]']], { keys: ['b'] })).toBe(isDestroyed);
});

it('a resource is followed into a module and out of one, and with a module that was moved', async () => {
  const into = ['aws_ssm_parameter.old', 'module.m.aws_ssm_parameter.this'] as const;
  expect(await useOfLogs([into], {}, call())).toBe(isNot);
  expect(await useOfLogs([['module.gone.aws_ssm_parameter.old', 'aws_ssm_parameter.this']], { module: 'module.gone' })).toBe(isNot);
  expect(await useOfLogs([['module.gone', 'module.m']], { module: 'module.gone', name: 'this' }, call())).toBe(isNot);
  expect(await useOfLogs([['module.gone', 'module.m']], { module: 'module.gone["x"]', name: 'this' }, call('  for_each = { x = 1 }\n'))).toBe(isNot);
  const inside = `${parameter()}moved {\n  from = aws_ssm_parameter.old\n  to   = aws_ssm_parameter.this\n}\n`;
  expect(await useOfLogs([], { module: 'module.m[0]' }, call('  count = 1\n'), inside)).toBe(isNot);
});

it('a move between single instances of modules is not followed', async () => {
  const into = ['aws_ssm_parameter.old', 'module.m.aws_ssm_parameter.this'] as const;
  expect(await useOfLogs([into], {}, call('  count = 2\n'))).toBe(isDestroyed);
  expect(await useOfLogs([['module.gone[0].aws_ssm_parameter.old', 'aws_ssm_parameter.this']], { module: 'module.gone[0]' })).toBe(isDestroyed);
  expect(await useOfLogs([['module.gone.aws_ssm_parameter.old', 'aws_ssm_parameter.this']], { module: 'module.gone[0]' })).toBe(isDestroyed);
});

it('of several moves of one instance the narrowest comes first, wherever they stand', async () => {
  const both = async (one: readonly [string, string], other: readonly [string, string], held: Held = {}, files = '', child?: string) =>
    Promise.all([[one, other] as const, [other, one] as const].map((moves) => useOfLogs(moves, held, files, child)));
  const [whole, instance] = [
    ['aws_ssm_parameter.old', 'aws_ssm_parameter.this'],
    ['aws_ssm_parameter.old[0]', 'aws_ssm_parameter.gone'],
  ] as const;
  expect(await both(whole, instance, { keys: [0] })).toEqual([isDestroyed, isDestroyed]);
  expect(await both(whole, instance, { keys: [1] })).toEqual([isNot, isNot]);
  const [module, inModule] = [
    ['module.gone', 'module.m'],
    ['module.gone.aws_ssm_parameter.this', 'aws_ssm_parameter.gone'],
  ] as const;
  const inGone = { module: 'module.gone', name: 'this' };
  expect(await both(module, inModule, inGone, call())).toEqual([isDestroyed, isDestroyed]);
  expect(await both(module, ['module.gone.aws_ssm_parameter.else', 'aws_ssm_parameter.gone'], inGone, call())).toEqual([isNot, isNot]);
  const inner = ['module.gone.module.n', 'module.away'] as const;
  const nested = `${parameter()}module "n" {\n  source = "../n"\n}\n`;
  expect(await both(module, inner, { ...inGone, module: 'module.gone.module.n' }, call(), nested)).toEqual([isDestroyed, isDestroyed]);
});

it('an instance that is moved away from a resource that the files still have is destroyed where they have nothing', async () => {
  const away = [['aws_ssm_parameter.this["a"]', 'aws_ssm_parameter.gone']] as const;
  expect(await useOfLogs(away, { name: 'this', keys: ['a'] })).toBe(isDestroyed);
  expect(await useOfLogs(away, { name: 'this', keys: ['b'] })).toBe(isNot);
  expect(await useOfLogs([['module.m[0].aws_ssm_parameter.this', 'aws_ssm_parameter.gone']], { module: 'module.m[0]', name: 'this' }, call())).toBe(
    isDestroyed,
  );
  expect(await useOfLogs([['module.m', 'module.m[0]']], { module: 'module.m', name: 'this' }, call('  count = 1\n'))).toBe(isNot);
});

it('of what is moved to one place it is not known which of them stays', async () => {
  const moves = [
    ['module.gone', 'module.m'],
    ['aws_ssm_parameter.old', 'module.m.aws_ssm_parameter.this'],
  ] as const;
  expect(await useOfLogs(moves, { beside: { module: 'module.gone', name: 'this' } }, call())).toBe(isDestroyed);
  expect(await useOfLogs(moves, { beside: { module: 'module.gone', name: 'else' } }, call())).toBe(isNot);
});
