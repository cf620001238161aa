import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, vi } from 'vitest';
import { checkout } from '../../../testing/app/running-app.ts';
import { unknownProgram, withBroker, type BrokerRig } from '../../../testing/rigs/broker-rig.ts';
import { wayVariables } from '../../contract/relay/way-variables.ts';
import { staleVariables } from '../../core/hand-offs/stale-variables.ts';
import { awsFileVariables } from '../../core/aws-files/aws-file-place.ts';
import { appEnvironment } from '../../core/relay/app-environment.ts';
import { runtimeVariables } from '../../core/runtime-variables.ts';

// docs/cli.md has a table of the environment's variables. These hold it against the app.

const section = /^## Environment\n[\s\S]*/m.exec(readFileSync(join(checkout, 'docs', 'cli.md'), 'utf8'))?.[0] ?? '';
const rows = [...section.matchAll(/^\| (`.*?) \| (.*?) \|/gm)].map(([, names = '', here = '']) => ({
  names: [...names.matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
  here,
}));

/** The variables of the rows that begin with a word. */
const named = (word: string) => rows.filter(({ here }) => here.startsWith(word)).flatMap(({ names }) => names);

const it = withBroker(({ accounts }) => ({ config: `[profile deploy]\nrole_arn = ${accounts.b.deployRoleArn}\nsource_profile = default\n` }));
afterEach(() => void vi.unstubAllEnvs());

/** What AWS is asked for a session of the user and one of the role, without what is new each time. */
async function asked(rig: BrokerRig) {
  const before = rig.aws.calls.length;
  await rig.startSession();
  await rig.sessions.credentials('deploy', { minLeftMs: 0, requester: unknownProgram() });
  rig.sessions.endSession({ profile: 'default' });
  const calls = rig.aws.calls.slice(before).filter(({ action }) => action === 'GetSessionToken' || action === 'AssumeRole');
  return calls.map(({ action, parameters, outcome }) => ({ action, parameters: { ...parameters, TokenCode: '' }, outcome }));
}

describe('the table of variables in docs/cli.md', () => {
  it('the table of variables in docs/cli.md has each variable once, and says of each what becomes of it', () => {
    const names = rows.flatMap((row) => row.names);
    expect(names.length).toBeGreaterThan(45);
    expect(names.toSorted()).toEqual([...new Set(names)].toSorted());
    expect(rows.filter(({ here }) => !/^(honoured|taken out|ignored|kept from)\b/.test(here))).toEqual([]);
  });

  it('the table of variables in docs/cli.md says of exactly those that they are taken out which a hand-off unsets, and the app leaves behind', () => {
    expect(named('taken out').toSorted()).toEqual(staleVariables.toSorted());
    const given = Object.fromEntries(rows.flatMap(({ names }) => names.map((name) => [name, 'x'])));
    const lost = Object.keys(given).filter((name) => appEnvironment(given)[name] === undefined);
    expect(lost.toSorted()).toEqual([...named('taken out'), ...named('kept from')].toSorted());
  });

  it('the table of variables in docs/cli.md names all as honoured by which the app finds its files and its way to AWS', () => {
    expect(named('honoured')).toEqual(expect.arrayContaining([...Object.values(awsFileVariables), ...wayVariables]));
    expect(runtimeVariables).toEqual(expect.arrayContaining(named('kept from')));
  });

  it('the table of variables in docs/cli.md is right that what is ignored or taken out changes no call for a session', async ({ rig }) => {
    const usual = await asked(rig);
    expect(usual.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual(['GetSessionToken Success', 'AssumeRole Success']);
    const unused = [...named('ignored'), ...named('taken out')];
    expect(unused).toEqual(expect.arrayContaining(['AWS_MFA_SERIAL', 'AWS_ROLE_SESSION_NAME']));
    for (const name of unused) vi.stubEnv(name, 'arn:aws:iam::999999999999:mfa/other');
    expect(await asked(rig)).toEqual(usual);
  });
});
