import type { AccessKeyInfo, AccessKeys } from '../../contract/sheet.ts';
import { callerPid } from '../process/caller.ts';
import { exitCodes } from '../process/cli-world.ts';
import { askInWindow } from './support/in-window.ts';
import { localTime } from '../texts/local-time.ts';
import type { Call } from './support/call.ts';
import { jsonText } from '../texts/terminal-text.ts';
import { aligned, type Texts } from '../texts/texts.ts';

/** The access keys of a profile's user. */
export async function keys(call: Call): Promise<number> {
  const { invocation, world, texts, ask, fail } = call;
  const answer = await ask('access-keys', () => ({ profile: invocation.word, ...callerPid(world) }));
  if (!answer.ok) return fail(answer);
  world.print(invocation.options.json === undefined ? keysText(answer.value, texts, Date.now()) : jsonText(answer.value));
  if (answer.value.rotation !== null) world.printError(`${nextText(invocation.word, answer.value, texts)}\n`);
  return exitCodes.done;
}

/** Gives the profile's user a new access key, or ends such a rotation by deleting the old one. */
export async function rotate(call: Call): Promise<number> {
  const { invocation, world, texts, fail } = call;
  const { word: profile, options } = invocation;
  const deletes = options['delete-old'] !== undefined;
  const changed = await askInWindow(call, deletes ? 'delete-old-key' : 'rotate', () => ({ profile, ...callerPid(world) }));
  if (!changed.ok) return fail(changed);
  world.print(keysText(changed.value, texts, Date.now()));
  if (!deletes) world.printError(`${nextText(profile, changed.value, texts)}\n`);
  return exitCodes.done;
}

export function keysText({ keys: listed }: AccessKeys, texts: Texts, now: number): string {
  const { t } = texts;
  const header = [t('column-access-key-id'), t('column-status'), t('column-age'), t('column-last-used')];
  return aligned([header, ...listed.map((key) => rowOf(key, texts, now))]);
}

function rowOf({ accessKeyId, active, createdAt, lastUsed, current }: AccessKeyInfo, { t }: Texts, now: number): readonly string[] {
  const days = Math.max(0, Math.floor((now - Date.parse(createdAt)) / 86_400_000));
  const status = active ? t('key-active') : t('key-inactive');
  const used = lastUsed === null ? t('key-never-used') : t('key-last-used', { at: localTime(lastUsed.at), service: lastUsed.service, region: lastUsed.region });
  return [accessKeyId, current ? t('key-current', { status }) : status, t('key-days', { days }), used];
}

function nextText(profile: string, { rotation }: AccessKeys, { t }: Texts): string {
  if (rotation === null) return t('rotation-ended');
  return rotation.done === 'deactivated' ? t('rotation-delete-next', { profile, key: rotation.oldKeyId }) : t('rotation-go-on', { profile });
}
