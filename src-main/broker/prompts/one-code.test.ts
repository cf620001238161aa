import { expect } from 'vitest';
import { unknownProgram, withBroker } from '../../../testing/rigs/broker-rig.ts';

const it = withBroker();

it('a code that AWS takes shows its session and closes its prompt in one state', async ({ aws, rig }) => {
  await rig.openPrompt();
  const shown = new Set<string>();
  rig.store.subscribe(({ profiles, prompt }) => {
    const session = profiles.find(({ name }) => name === 'default')?.session.kind ?? 'none';
    shown.add(`${session}, ${prompt === null ? 'no prompt' : prompt.step.kind}`);
  });
  await rig.submit(await aws.nextTotpCode());
  await Promise.resolve();
  expect([...shown]).toEqual(['starting, starting', 'active, no prompt']);
});

it('a prompt that waits behind an answered one opens in a state of its own, so that the first window closes', async ({ aws, rig }) => {
  const ask = (profileName: string) => rig.sessions.credentials(profileName, { minLeftMs: 0, requester: unknownProgram() });
  const waiting = [ask('default'), ask('other')];
  await rig.step('enter-code');
  const prompts = new Set<string>();
  rig.store.subscribe(({ prompt }) => prompts.add(prompt?.profile ?? 'none'));
  await rig.submit(await aws.nextTotpCode());
  await rig.step('enter-code');
  await rig.submit(await aws.nextTotpCode());
  expect((await Promise.all(waiting)).every(({ ok }) => ok)).toBe(true);
  expect([...prompts]).toEqual(['default', 'none', 'other']);
});
