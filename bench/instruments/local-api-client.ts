import { request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { AppRig } from '../../testing/app/app-rig.ts';
import { poll } from '../../testing/processes/deadline.ts';

/** The Unix socket of the rig's app. */
export const apiSocket = (rig: AppRig): string => join(rig.dataFolder, 'run', 'api.sock');

export type Answer = { readonly status: number; readonly text: string };

/** Asks the local API without a program in between; `fields` go as JSON. */
export function askApi(rig: AppRig, name: string, fields: object): Promise<Answer> {
  const body = JSON.stringify(fields);
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath: apiSocket(rig), path: `/v1/${name}`, method: 'POST', headers }, (response) => {
      text(response).then((answered) => resolve({ status: response.statusCode ?? 0, text: answered }), reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** From the request to the end of the answer, in milliseconds. Throws, with what the app said, where that is no success. */
export async function timedAsk(rig: AppRig, name: string, fields: object): Promise<number> {
  const begin = performance.now();
  const { status, text: said } = await askApi(rig, name, fields);
  if (status !== 200) throw new Error(`The local API answered ${status} to ${name}: ${said}`);
  return performance.now() - begin;
}

/** Waits until the app can be asked, and says when that was, on the clock of `performance.now`. */
export function apiOpened(rig: AppRig): Promise<number> {
  return poll(20_000, 'The local API was not opened', () =>
    askApi(rig, 'status', {}).then(
      () => performance.now(),
      () => undefined,
    ),
  );
}
