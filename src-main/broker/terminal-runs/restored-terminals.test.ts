import { writeFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { withBroker, type BrokerRig } from '../../../testing/rigs/broker-rig.ts';
import { asksFor } from '../../../testing/rigs/foreign-rig.ts';
import { personAnswers, portalConfig } from '../../../testing/rigs/sign-in-rig.ts';
import { testCipher } from '../../../testing/samples/test-cipher.ts';

const it = withBroker();
const portal = (startUrl: string, account: string) => portalConfig(startUrl, { dev: [account, 'AdministratorAccess'] });

/** A program in the terminal asks for the session of its profile. */
function asksIn(rig: BrokerRig, run: string) {
  return rig.broker.apiHandlers['credential-process']({ profile: 'dev', run }, { signal: new AbortController().signal });
}

describe('a guarded terminal of a profile that signs in with the browser', () => {
  it('a guarded terminal keeps the account that its profile led to over a restart: edited to another one, a person is asked for the terminal', async ({
    aws,
    startRig,
  }) => {
    const rig = await startRig({ config: portal(aws.startUrl, '111111111111'), hasTerminal: true, cipher: testCipher() });
    const signedIn = asksFor(rig, 'dev');
    await personAnswers(rig, 'sato');
    await signedIn;
    await rig.broker.handOffs.openTerminal({ profile: 'dev', credentials: 'renewable' });
    const run = new Map(rig.terminals.at(-1)?.variables).get('STS_TRAY_RUN') ?? '';
    expect(await asksIn(rig, run)).toMatchObject({ ok: true, value: { AccountId: '111111111111' } });
    await writeFile(rig.store.state.files.config, portal(aws.startUrl, '222222222222'));
    const next = await rig.restarted();
    expect(next.lost).toBeNull();
    next.confirms = true;
    const asked = asksIn(next, run);
    const question = await next.shows('a question for the terminal', (state) => (state.question?.kind === 'account' ? state.question : undefined));
    expect(question).toMatchObject({ accountId: '222222222222' });
    next.broker.commands.answerQuestion({ questionId: question.questionId, permission: 'refuse' });
    expect(await asked).toMatchObject({ ok: false, error: { code: 'relay-not-allowed' } });
    await next.broker.dispose();
  });
});
