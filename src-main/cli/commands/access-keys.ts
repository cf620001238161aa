import type { AccessKeyInfo, AccessKeys } from '../../contract/sheet.ts';
import { appError } from '../../core/errors.ts';
import { callerPid } from '../process/caller.ts';
import { exitCodes } from '../process/cli-world.ts';
import { isConfirmed } from './support/confirm.ts';
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
  const { invocation, world, texts, ask, fail } = call;
  const { word: profile, options } = invocation;
  const { t } = texts;
  if (options['delete-old'] !== undefined) return deleteOld(call);
  if (options.yes === undefined) {
    if (!isConfirmed(call, t('rotate-confirm', { profile }))) return fail({ ok: false, error: appError('rotation-not-confirmed') });
  }
  const rotated = await ask('rotate', () => ({ profile, ...callerPid(world) }));
  if (!rotated.ok) return fail(rotated);
  world.print(keysText(rotated.value, texts, Date.now()));
  world.printError(`${nextText(profile, rotated.value, texts)}\n`);
  return exitCodes.done;
}

async function deleteOld(call: Call): Promise<number> {
  const { invocation, world, texts, ask, fail } = call;
  const { word: profile, options } = invocation;
  const before = await ask('access-keys', () => ({ profile, ...callerPid(world) }));
  if (!before.ok) return fail(before);
  const { rotation } = before.value;
  if (rotation?.done !== 'deactivated') return fail({ ok: false, error: appError('rotation-none', { profile }) });
  if (options.yes === undefined && !isConfirmed(call, texts.t('rotate-confirm-delete', { key: rotation.oldKeyId }))) {
    return fail({ ok: false, error: appError('rotation-not-confirmed') });
  }
  const deleted = await ask('delete-old-key', () => ({ profile, ...callerPid(world) }));
  if (!deleted.ok) return fail(deleted);
  world.print(keysText(deleted.value, texts, Date.now()));
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
