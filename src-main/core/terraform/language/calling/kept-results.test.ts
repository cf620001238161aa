import { expect, it } from 'vitest';
import { noSurroundings, type Surroundings } from './surroundings.ts';
import { evaluateExpression } from '../evaluate.ts';
import { KeptResults } from './kept-results.ts';
import { nothingBehind } from '../module-scope.ts';
import { parseExpression } from '../syntax/parse.ts';
import { collection, failure, notKnown, record, type Value } from '../values/value.ts';

const parsed = (text: string) => {
  const expression = parseExpression(text);
  if (expression === null) throw new Error(text);
  return expression;
};

/** Whether a result that was kept for some values of an expression's names is taken for others. */
function isShared(one: Value, other: Value): boolean {
  const kept = new KeptResults();
  const expression = parsed('upper(var.x)');
  kept.of(expression, [one], () => ({ value: 'first', compared: [] }));
  return kept.of(expression, [other], () => ({ value: 'second', compared: [] }))?.value === 'first';
}

it('a result is shared by the same texts, the same list, and objects that hold the same', () => {
  const list = ['x'];
  expect(isShared('x', 'x')).toBe(true);
  expect(isShared(list, list)).toBe(true);
  const identity = (id: string) =>
    record([
      [
        'here',
        record([
          ['id', id],
          ['user', notKnown],
          ['name', null],
        ]),
      ],
    ]);
  expect(isShared(identity('\uD800\uD801'), identity('\uD800\uD801'))).toBe(true);
});

it.each<readonly [string, Value, Value]>([
  ['a number and its text', 1, '1'],
  ['yes and its text', true, 'true'],
  ['null and its text', null, 'null'],
  ['what is unknown and what is refused', notKnown, failure],
  ['two lists', ['x'], ['x']],
  ['objects with another name', record([['a', 'x']]), record([['b', 'x']])],
  ['objects with another text', record([['a', 'x']]), record([['a', 'y']])],
  ['objects with a number and its text', record([['a', 1]]), record([['a', '1']])],
  ['objects with null and something unknown', record([['a', null]]), record([['a', notKnown]])],
  ['objects with something unknown and its name', record([['a', notKnown]]), record([['a', record([['symbol', 'unknown']])]])],
  ['objects with something unknown and something refused', record([['a', notKnown]]), record([['a', failure]])],
  [
    'objects in other objects',
    record([['a', record([['b', 'x']])]]),
    record([
      ['a', 'b'],
      ['b', 'x'],
    ]),
  ],
  ['digits that stand for two accounts', record([['a', '\uD800']]), record([['a', '\uD810']])],
  ['a digit that stands for one and its escape', record([['a', '\uD800']]), record([['a', '\\ud800']])],
  ['an object and a map', record([['a', 'x']]), collection({ a: 'x' }, { kind: 'map', of: 'string' })],
  ['an object and its text', record([['a', 'x']]), '["a","x"]'],
])('a result is not shared by %s', (_name, one, other) => {
  expect(isShared(one, other)).toBe(false);
  expect(isShared(other, one)).toBe(false);
});

it('a result that is shared tells each condition with which accounts the other one was compared', async () => {
  const surroundings: Surroundings = { ...noSurroundings };
  const scope = {
    lookUp: async () => '\uD800\uD801\uD802\uD803\uD804\uD805\uD806\uD807\uD808\uD809\uD80A\uD80B',
    providersBehind: nothingBehind,
    surroundings,
  };
  const comparedIn = async () => {
    const compared = new Set<string>();
    const value = await evaluateExpression(parsed('contains(["222222222222"], var.id)'), scope, { identities: new Map(), compared });
    return [value, ...compared];
  };
  expect(await comparedIn()).toEqual([false, '222222222222']);
  expect(await comparedIn()).toEqual([false, '222222222222']);
  // Without a place to write them down, it is not known.
  expect(await evaluateExpression(parsed('contains(["222222222222"], var.id)'), scope)).toBe(notKnown);
});
