import type { AccountStatement, Place } from '../../../contract/terraform-project.ts';
import { bodiesOf, labelled, type Block } from '../language/blocks.ts';
import type { Module } from '../language/module-files.ts';
import type { Self } from './modules/outside-names.ts';

/** A condition of a module, which may be about an account. */
export type Condition = {
  readonly by: AccountStatement['by'];
  readonly name: string;
  readonly place: Place | null;
  readonly said: unknown;
  /** The block of which each instance has the condition. */
  readonly block: Block | null;
  /** The data sources that only this condition sees. */
  readonly data: readonly Pick<Block, 'labels' | 'body' | 'isMock'>[];
  /** What `self` stands for; null where it stands for nothing. */
  readonly self: Self | null;
};

/** Every condition of a module, and every local, which Terraform may refuse to work out for an account. */
export function conditionsOf({ checks, data, resources, ephemeral, outputs, variables, locals }: Module): readonly Condition[] {
  return [
    ...checks.flatMap((block) => said(block, 'assert', 'check', `check.${block.labels[0] ?? ''}`, dataOf(block))),
    ...[...resources, ...ephemeral].flatMap((block) => lifecycle(block, block.labels.join('.'))),
    ...data.flatMap((block) => lifecycle(block, `data.${block.labels.join('.')}`, true)),
    ...outputs.flatMap((block) => said(block, 'precondition', 'precondition', `output.${block.labels[0] ?? ''}`)),
    ...variables.flatMap((block) => said(block, 'validation', 'validation', `var.${block.labels[0] ?? ''}`)),
    ...[...locals].map(([name, json]): Condition => ({ by: 'local', name: `local.${name}`, place: null, said: json, block: null, data: [], self: null })),
  ];
}

function dataOf({ body, isMock }: Block): Condition['data'] {
  return labelled(body['data'], 2).map((one) => (isMock === undefined ? one : { ...one, isMock }));
}

function lifecycle(block: Block, name: string, isData = false): readonly Condition[] {
  return bodiesOf(block.body['lifecycle']).flatMap((body) => {
    const own = { ...block, body };
    return [
      ...said(own, 'precondition', 'precondition', name).map((condition) => ({ ...condition, block })),
      ...said(own, 'postcondition', 'postcondition', name).map((condition) => ({ ...condition, block, self: { block, isData } })),
    ];
  });
}

function said(block: Block, keyword: string, by: Condition['by'], name: string, data: Condition['data'] = []): readonly Condition[] {
  const { body, place } = block;
  return bodiesOf(body[keyword]).map((one) => ({ by, name, place, said: one['condition'], block: null, data, self: null }));
}
