import { expect, it } from 'vitest';
import { inputVariables, type Assignment } from './input-variables.ts';
import { noWorld } from './scope.ts';

it('a value has its signs put together, as Terraform has them, however it was given', async () => {
  const variables = [
    { labels: ['text'], body: { type: 'string' }, place: { file: 'main.tf', line: 1 } },
    { labels: ['list'], body: { type: '${list(string)}' }, place: { file: 'main.tf', line: 1 } },
  ];
  const values: readonly Assignment[] = [
    { name: 'text', value: { kind: 'text', text: 'e\u0301' } },
    { name: 'list', value: { kind: 'text', text: '["e\u0301"]' } },
    { name: 'json', value: { kind: 'json', json: { 'e\u0301': 'e\u0301' } } },
    { name: 'literal', value: { kind: 'literal', json: { 'e\u0301': 'e\u0301' } } },
  ];
  const { valueOf } = inputVariables({ variables }, values);
  expect(await valueOf('text', noWorld)).toBe('é');
  expect(await valueOf('list', noWorld)).toEqual(['é']);
  expect(await valueOf('json', noWorld)).toEqual({ é: 'é' });
  expect(await valueOf('literal', noWorld)).toEqual({ é: 'é' });
});
