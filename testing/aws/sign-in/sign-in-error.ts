/**
 * A refusal of one of the sign-in services, in its own words. It is thrown, because a refusal ends the handling of
 * its request wherever it arises. Only the endpoint catches it.
 */
export class SignInError extends Error {
  override readonly name = 'SignInError';
  /** As in the header `x-amzn-errortype`, such as `InvalidGrantException`. */
  readonly type: string;
  readonly status: number;
  /** The members of the answer's body. */
  readonly body: Readonly<Record<string, string>>;

  constructor(type: string, status: number, body: Readonly<Record<string, string>>) {
    super(Object.values(body).join(': '));
    this.type = type;
    this.status = status;
    this.body = body;
  }
}

/** An error of IAM Identity Center's OIDC service: "CreateToken", "Errors" in its API reference. */
export function oidcError(error: string, description: string): SignInError {
  const type = `${error.replaceAll(/(?:^|_)([a-z])/g, (_all, letter: string) => letter.toUpperCase())}Exception`;
  return new SignInError(oidcTypes[error] ?? type, error === 'invalid_client' ? 401 : 400, { error, error_description: description });
}

/** Which error a region answers with that knows nothing of the portal: AWS's reference leaves it open. */
export type OtherRegion =
  | { readonly type: 'InvalidRequestException' | 'UnauthorizedClientException' | 'InvalidClientException' }
  | { readonly type: 'InvalidRequestRegionException'; readonly region: string };

export function otherRegionError(said: OtherRegion): SignInError {
  const { type, ...region } = said;
  const error = { InvalidClientException: 'invalid_client', UnauthorizedClientException: 'unauthorized_client' }[type as string] ?? 'invalid_request';
  return new SignInError(type, error === 'invalid_client' ? 401 : 400, { error, error_description: 'Not a portal of this region', ...region });
}

/** Where the exception has another name than its `error`. */
const oidcTypes: Readonly<Record<string, string>> = { expired_token: 'ExpiredTokenException', access_denied: 'AccessDeniedException' };

/** An error of Identity Center's access portal: "GetRoleCredentials", "Errors" in its API reference. */
export function portalError(type: string, status: number, message: string): SignInError {
  return new SignInError(type, status, { message, __type: type });
}

/** An error of AWS Sign-In: `AccessDeniedException` with 401 or 403, or `ValidationException`. */
export function signinError(error: string, status: number, message: string): SignInError {
  return new SignInError(status === 400 ? 'ValidationException' : 'AccessDeniedException', status, { error, message });
}
