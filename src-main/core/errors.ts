import type { AppError, ErrorCode, Result } from '../contract/app-error.ts';

/** An `AppError` with the params of its two sentences. */
export function appError(code: ErrorCode, params: AppError['params'] = {}): AppError {
  return { code, params };
}

export function succeeded<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function failed(error: AppError): { readonly ok: false; readonly error: AppError } {
  return { ok: false, error };
}

/** Whether AWS says that it does not know an access key, which for a while is so of a new one too. */
export function isKeyUnknown({ code }: AppError): boolean {
  return code === 'access-key-unknown' || code === 'access-key-other-partition';
}

/** Whether a failed call may have taken effect all the same. One that never reached AWS has not. */
export function mayHaveWorked({ code, params }: AppError): boolean {
  if (code === 'network-unreachable') return !/^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH)/.test(String(params['reason']));
  return code === 'service-failed' || code === 'unexpected-answer';
}
