import { AwsError, accessDenied } from '../wire/aws-error.ts';

// Codes, statuses and words: "List of error codes" in the Amazon S3 API reference.

export const s3AccessDenied = () => accessDenied('Access Denied');
export const noSuchBucket = () => new AwsError('NoSuchBucket', 404, 'The specified bucket does not exist');
export const noSuchKey = () => new AwsError('NoSuchKey', 404, 'The specified key does not exist.');
export const noSuchVersion = () => new AwsError('NoSuchVersion', 404, 'The specified version does not exist.');
export const invalidBucketName = () => new AwsError('InvalidBucketName', 400, 'The specified bucket is not valid.');
export const bucketNotEmpty = () => new AwsError('BucketNotEmpty', 409, 'The bucket you tried to delete is not empty');
export const ownedByYou = () =>
  new AwsError('BucketAlreadyOwnedByYou', 409, 'Your previous request to create the named bucket succeeded and you already own it.');
export const bucketAlreadyExists = () =>
  new AwsError(
    'BucketAlreadyExists',
    409,
    'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
  );
export const malformedXml = () =>
  new AwsError('MalformedXML', 400, 'The XML you provided was not well-formed or did not validate against our published schema');
export const preconditionFailed = () => new AwsError('PreconditionFailed', 412, 'At least one of the pre-conditions you specified did not hold');
export const methodNotAllowed = () => new AwsError('MethodNotAllowed', 405, 'The specified method is not allowed against this resource.');
export const invalidArgument = (message: string) => new AwsError('InvalidArgument', 400, message);
export const invalidRequest = (message: string) => new AwsError('InvalidRequest', 400, message);
export const invalidTag = (message: string) => new AwsError('InvalidTag', 400, message);

/** For what S3 has and this one has not, so that nobody takes silence for success. */
export const notHere = (what: string) => new AwsError('NotImplemented', 501, `The local S3 does not have ${what}.`);
