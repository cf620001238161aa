import type { AppError } from '../../contract/app-error.ts';
import { appError } from '../errors.ts';

/** What the page of a place said in place of a code (RFC 6749, section 4.1.2.1). */
export function pageSaid({ name }: { readonly name: string }, answer: URLSearchParams): AppError {
  const error = answer.get('error') ?? '';
  // A page of somebody else may say anything; its word is shown, and no more than a word.
  const reason = /^[\w.-]{1,64}$/.test(error) ? error : 'no code';
  return error === 'access_denied' ? appError('sign-in-declined', { name }) : appError('sign-in-refused', { name, reason });
}
