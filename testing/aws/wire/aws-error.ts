/**
 * A refusal in AWS's own words. It is thrown, because a refusal ends the handling of its request wherever
 * it arises. Only the gate catches it, and writes it in the protocol of the service.
 *
 * Codes: "Common Errors" in the AWS STS and IAM API references, "Error responses" in Amazon S3's.
 */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  readonly code: string;
  readonly status: number;

  constructor(code: string, status: number, message: string) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export const accessDenied = (message: string) => new AwsError('AccessDenied', 403, message);

export const notAuthorized = (callerArn: string, action: string, resource: string) => accessDenied(unauthorized(callerArn, action, resource));

/** `resource` is null for CloudTrail, whose refusals name none. */
export const explicitlyDenied = (callerArn: string, action: string, resource: string | null) =>
  accessDenied(`${unauthorized(callerArn, action, resource)} with an explicit deny in an identity-based policy`);

export const notAllowed = (callerArn: string, action: string, resource: string | null) =>
  accessDenied(`${unauthorized(callerArn, action, resource)} because no identity-based policy allows the ${action} action`);

export const notAllowedBySession = (callerArn: string, action: string, resource: string | null) =>
  accessDenied(`${unauthorized(callerArn, action, resource)} because no session policy allows the ${action} action`);

export const deniedBySession = (callerArn: string, action: string, resource: string | null) =>
  accessDenied(`${unauthorized(callerArn, action, resource)} with an explicit deny in a session policy`);

function unauthorized(callerArn: string, action: string, resource: string | null): string {
  const where = resource === null ? '' : ` on resource: ${resource}`;
  return `User: ${callerArn} is not authorized to perform: ${action}${where}`;
}

export const validationError = (message: string) => new AwsError('ValidationError', 400, message);

export const constraintViolated = (value: string, member: string, constraint: string) =>
  validationError(`1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`);

export const noSuchEntity = (message: string) => new AwsError('NoSuchEntity', 404, message);

export const missingAuthenticationToken = () => new AwsError('MissingAuthenticationToken', 403, 'Request is missing Authentication Token');

export const incompleteSignature = (message: string) => new AwsError('IncompleteSignature', 400, message);

export const invalidClientTokenId = () => new AwsError('InvalidClientTokenId', 403, 'The security token included in the request is invalid.');

export const expiredToken = () => new AwsError('ExpiredToken', 403, 'The security token included in the request is expired');

export const signatureDoesNotMatch = (message: string) => new AwsError('SignatureDoesNotMatch', 403, message);

export const limitExceeded = (message: string) => new AwsError('LimitExceeded', 409, message);

export const internalFailure = () =>
  new AwsError('InternalFailure', 500, 'The request processing has failed because of an unknown error, exception or failure.');

export const throttling = () => new AwsError('Throttling', 400, 'Rate exceeded');

export const serviceUnavailable = () => new AwsError('ServiceUnavailable', 503, 'Service is unavailable. Please try again shortly.');
