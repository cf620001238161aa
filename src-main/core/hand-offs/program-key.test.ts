import { expect, it } from 'vitest';
import type { Asker } from '../../contract/question.ts';
import { programKey } from './program-key.ts';

const terraform: Asker = { pid: 1, command: 'terraform plan', folder: '/infra', executable: '/usr/bin/terraform', verified: true, peer: null };
const key = (more: Partial<Asker>) => programKey({ ...terraform, ...more });

it('a program is the same one in another process and with other arguments', () => {
  expect(key({ pid: 2, command: 'terraform apply' })).toBe(key({}));
});

it('a program is another one with another executable, in another folder, or when it is not what it said', () => {
  const others = [
    key({ executable: '/tmp/terraform' }),
    key({ folder: '/tmp' }),
    key({ verified: false }),
    key({ verified: false, peer: { pid: 2, command: 'evil' } }),
  ];
  expect(new Set([...others, key({})]).size).toBe(5);
});

it('of an interpreter each script is a program of its own', () => {
  const python = (command: string) => key({ command, executable: '/usr/bin/python3.11' });
  expect(python('python3 deploy.py')).not.toBe(python('python3 evil.py'));
});
