// A worker thread that asks STS for a session for each code that it is sent, on a connection of its own, and says how long the call took.
import { parentPort, workerData } from 'node:worker_threads';
import { GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';

const { endpoint, credentials, serial } = workerData;
const requestHandler = { httpAgent: { keepAlive: false } };
const client = new STSClient({ endpoint, credentials, region: 'us-east-1', maxAttempts: 1, requestHandler });

parentPort?.on('message', (code) => void time(code));

async function time(code) {
  const begin = performance.now();
  await client.send(new GetSessionTokenCommand({ SerialNumber: serial, TokenCode: code, DurationSeconds: 28_800 }));
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(performance.now() - begin);
}
