import type { AppError } from '../../contract/app-error.ts';
import { appError } from '../../core/errors.ts';
import type { AwsService } from '../client/errors.ts';
import type { ClientOptions } from '../client/clients.ts';
import type { AwsFiles } from '../files/environment.ts';

/** How a place is called: with the settings of a profile, through the user's proxy. */
export type WayToPlace = { readonly profile: string; readonly files: AwsFiles; readonly proxy: string };

/** The calls of a sign-in are not signed. */
export function optionsOf({ region }: { readonly region: string }, { profile, files, proxy }: WayToPlace): ClientOptions {
  return { profile, files, region, askedRegion: region, credentials: { accessKeyId: '', secretAccessKey: '' }, proxy };
}

export function withoutValues(service: AwsService): AppError {
  return appError('unexpected-answer', { service, name: 'an answer without its values' });
}

/** Whether AWS said how long something lasts, in seconds: what lasts no time at all would be asked for without end. */
export function isLife(seconds: number | undefined): seconds is number {
  return seconds !== undefined && Number.isFinite(seconds) && seconds > 0;
}
