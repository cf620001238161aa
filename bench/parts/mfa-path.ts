import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { AppRig } from '../../testing/app/app-rig.ts';
import { alternate } from '../instruments/alternate.ts';
import { apiOpened, timedAsk } from '../instruments/local-api-client.ts';
import { rowOf, type Row } from '../report/row.ts';
import { closeApp, stsTray, type TrayStarter } from '../instruments/tray-app.ts';

const stepSeconds = 30;
/** AWS takes signatures for five minutes, in seconds. */
const farthestSeconds = 270;

/** From a code that is submitted to the session, beside the call of STS alone. */
export async function mfaPathRow(rig: AppRig, starter: TrayStarter, { count = 17 } = {}): Promise<Row> {
  const app = await starter.start(stsTray(rig.dataFolder));
  const { accessKeyId, secretAccessKey, mfaSerial } = rig.aws.alice;
  const workerData = { endpoint: rig.aws.endpoint, credentials: { accessKeyId, secretAccessKey }, serial: mfaSerial };
  const sts = new Worker(join(import.meta.dirname, '../programs/session-tokens.mjs'), { workerData });
  // Neither AWS nor the app takes a code twice, and there is a new one every half minute: of a clock that goes faster, though
  // never so far from this one that a signature would be too old.
  rig.aws.faults.clockOffsetSeconds = -farthestSeconds;
  const nextStep = (): void => void (rig.aws.faults.clockOffsetSeconds += stepSeconds);
  try {
    await apiOpened(rig);
    const { ours, reference } = await alternate(count, {
      ours: async () => {
        await timedAsk(rig, 'logout', { all: true });
        nextStep();
        return timedAsk(rig, 'login', { profile: 'default', code: rig.aws.alice.totpCode() });
      },
      reference: async () => {
        rig.aws.forgetUsedCodes();
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
        sts.postMessage(rig.aws.alice.totpCode());
        const [tookMs] = (await once(sts, 'message')) as [number];
        return tookMs;
      },
    });
    return rowOf({
      what: 'a code to its session: what is added to the call of STS',
      unit: 'ms',
      ours: ours.map((value, index) => value - (reference[index] ?? Number.NaN)),
      budget: { kind: 'value', max: 10 },
    });
  } finally {
    rig.aws.faults.clockOffsetSeconds = 0;
    await sts.terminate();
    await closeApp(app);
  }
}
