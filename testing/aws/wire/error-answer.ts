import { AwsError } from './aws-error.ts';
import { isQueryService, queryServices } from './query-answer.ts';
import { xml } from './xml.ts';

/** An HTTP answer that reports an AWS error in the protocol of a service. */
export type ErrorAnswer = { readonly status: number; readonly contentType: string; readonly body: string };

/**
 * Writes an error for the service that was called: S3's own document and codes, JSON where the
 * client spoke JSON, the query protocol's ErrorResponse otherwise.
 */
export function errorAnswer(error: AwsError, service: string, requestType: string, requestId: string): ErrorAnswer {
  if (service === 's3') return s3Answer(error, requestId);
  if (requestType.startsWith('application/x-amz-json')) {
    const { code, status, message } = inJsonWords(error);
    // An error from before the request reached the service has a capital letter here.
    const body = JSON.stringify({ __type: code, [code === 'AccessDeniedException' ? 'Message' : 'message']: message });
    return { status, contentType: requestType, body };
  }
  const namespace = queryServices[isQueryService(service) ? service : 'sts'];
  const document = xml({
    Error: { Type: error.status < 500 ? 'Sender' : 'Receiver', Code: error.code, Message: error.message },
    RequestId: requestId,
  });
  const body = `<ErrorResponse xmlns="${namespace}">${document}</ErrorResponse>`;
  return { status: error.status, contentType: 'text/xml', body };
}

function s3Answer(error: AwsError, requestId: string): ErrorAnswer {
  const { code, status, message } = inS3Words(error);
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n${xml({
    Error: { Code: code, Message: message, RequestId: requestId, HostId: requestId },
  })}`;
  return { status, contentType: 'application/xml', body };
}

/**
 * The JSON protocols have names of their own, and status 400 for every error of the caller's: "Common
 * errors" in the CloudTrail API reference.
 */
function inJsonWords(error: AwsError): AwsError {
  const code = jsonCodes[error.code];
  return code === undefined ? error : new AwsError(code, error.status < 500 ? 400 : error.status, error.message);
}

const jsonCodes: Readonly<Record<string, string>> = {
  AccessDenied: 'AccessDeniedException',
  ExpiredToken: 'ExpiredTokenException',
  IncompleteSignature: 'IncompleteSignatureException',
  InvalidClientTokenId: 'UnrecognizedClientException',
  MissingAuthenticationToken: 'MissingAuthenticationTokenException',
  SignatureDoesNotMatch: 'InvalidSignatureException',
  Throttling: 'ThrottlingException',
  ValidationError: 'ValidationException',
};

/** S3 has older codes of its own: "List of error codes" in the Amazon S3 API reference. */
function inS3Words(error: AwsError): AwsError {
  switch (error.code) {
    case 'InvalidClientTokenId':
      return new AwsError('InvalidAccessKeyId', 403, 'The AWS Access Key Id you provided does not exist in our records.');
    case 'ExpiredToken':
      return new AwsError('ExpiredToken', 400, 'The provided token has expired.');
    case 'SignatureDoesNotMatch':
      return error.message.startsWith('Signature ')
        ? new AwsError('RequestTimeTooSkewed', 403, 'The difference between the request time and the current time is too large.')
        : error;
    case 'Throttling':
      return new AwsError('SlowDown', 503, 'Please reduce your request rate.');
    case 'InternalFailure':
      return new AwsError('InternalError', 500, 'We encountered an internal error. Please try again.');
    default:
      return error;
  }
}
