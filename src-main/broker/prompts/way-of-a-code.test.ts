import { describe, expect, onTestFinished, vi } from 'vitest';
import type { LocalAws } from '../../../testing/aws/local-aws.ts';
import { eventually } from '../../../testing/processes/eventually.ts';
import { withBroker } from '../../../testing/rigs/broker-rig.ts';

const it = withBroker();

/** The environment, which wins over profiles, names the local AWS otherwise. */
function leaveEndpointToProfiles(aws: LocalAws): void {
  vi.stubEnv('AWS_ENDPOINT_URL', undefined);
  onTestFinished(() => void vi.stubEnv('AWS_ENDPOINT_URL', aws.endpoint));
}

describe('the way of a code', () => {
  it('the prompt names who is asked in the place of AWS, and so does the app when the command line asks', async ({ rig }) => {
    const way = { endpoint: rig.aws.endpoint, proxy: null, caBundle: null };
    rig.sessions.requestSession({ profile: 'default' });
    await eventually(() => expect(rig.store.state.prompt?.way).toEqual(way));
    const signal = new AbortController().signal;
    expect(await rig.broker.apiHandlers['way-to-aws']({ profile: 'default' }, { signal })).toEqual({ ok: true, value: way });
    expect(await rig.broker.apiHandlers['way-to-aws']({ profile: 'nobody' }, { signal })).toMatchObject({ ok: false, error: { code: 'profile-unknown' } });
  });

  it('the way of a code for a role profile is that of its user, unless the code makes its session', async ({ aws, startRig }) => {
    const role = `[profile deploy]\nrole_arn = ${aws.accounts.b.deployRoleArn}\nsource_profile = default\nendpoint_url = https://sts.role.example.com\n`;
    leaveEndpointToProfiles(aws);
    const rig = await startRig({ config: `[default]\nendpoint_url = ${aws.endpoint}\nmfa_serial = ${aws.alice.mfaSerial}\n${role}` });
    const wayOf = async (more: object) => rig.broker.apiHandlers['way-to-aws']({ profile: 'deploy', ...more }, { signal: new AbortController().signal });
    expect(await wayOf({})).toMatchObject({ value: { endpoint: aws.endpoint } });
    expect(await wayOf({ durationSeconds: 7200 })).toMatchObject({ value: { endpoint: 'https://sts.role.example.com' } });
  });

  it('a code is not sent to an endpoint elsewhere that is not https, and the prompt says so', async ({ aws, startRig }) => {
    leaveEndpointToProfiles(aws);
    const rig = await startRig({ config: `[default]\nendpoint_url = http://192.0.2.10\nmfa_serial = ${aws.alice.mfaSerial}\n` });
    rig.sessions.requestSession({ profile: 'default' });
    await rig.submit('123456');
    expect(await rig.refusal()).toMatchObject({ code: 'endpoint-in-clear', params: { endpoint: 'http://192.0.2.10' } });
    // The identity is asked for beside the code, and may be told later.
    await eventually(() => expect(rig.store.state.prompt?.identity).toMatchObject({ kind: 'unknown', error: { code: 'endpoint-in-clear' } }));
  });
});
