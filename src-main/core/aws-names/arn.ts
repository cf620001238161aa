/**
 * The user's name in a caller's ARN, `arn:aws:iam::111111111111:user/path/alice` or `…:root`
 * (IAM user guide, IAM identifiers), in any partition.
 */
export function userNameOf(arn: string): string {
  const resource = arn.split(':').slice(5).join(':');
  return resource.split('/').at(-1) ?? resource;
}

/** The role in a role session's ARN, `arn:aws:sts::111111111111:assumed-role/deploy/alice`; null when it is another's. */
export function roleNameOf(arn: string): string | null {
  return /^arn:[\w-]+:sts::\d{12}:assumed-role\/([^/]+)\//.exec(arn)?.[1] ?? null;
}

/** Whether it is the ARN of an account's root user (IAM user guide, IAM identifiers). */
export function isRootArn(arn: string): boolean {
  return /^arn:[\w-]+:iam::\d{12}:root$/.test(arn);
}

/** FIDO security keys and passkeys, which give no codes, have serials of the kind `u2f` (IAM user guide). */
export function isSecurityKey(serial: string): boolean {
  return serial.split(':').slice(5).join(':').startsWith('u2f/');
}

/** The account of an ARN, twelve digits; null when it has none. */
export function accountIdOf(arn: string): string | null {
  return /^arn:[\w-]+:\w+:[\w-]*:(\d{12}):/.exec(arn)?.[1] ?? null;
}

/** The partition of an ARN, such as `aws-cn`; null for what is no ARN, such as the serial of a hardware token. */
export function partitionOf(arn: string): string | null {
  return /^arn:([\w-]+):/.exec(arn)?.[1] ?? null;
}

/** Where each partition answers for STS and IAM; the first region that it had. */
const homeRegions: ReadonlyMap<string, string> = new Map([
  ['aws', 'us-east-1'],
  ['aws-cn', 'cn-north-1'],
  ['aws-us-gov', 'us-gov-west-1'],
  ['aws-iso', 'us-iso-east-1'],
  ['aws-iso-b', 'us-isob-east-1'],
  ['aws-iso-e', 'eu-isoe-west-1'],
  ['aws-iso-f', 'us-isof-south-1'],
  ['aws-eusc', 'eusc-de-east-1'],
]);

/** Whether a region is of another partition than most: access keys of the one are unknown in the other (AWS Regions and Zones, "partitions"). */
export function isOfOwnPartition(region: string): boolean {
  return /^(cn|us-gov|us-iso[a-z]*|eu-isoe|eusc)-/.test(region);
}

/** Whether a name could be a region's, of which a host's name is made. */
export function canBeRegion(name: string): boolean {
  return /^[a-z\d-]{1,63}$/i.test(name);
}

/**
 * The region to ask for something with this ARN when no region is set: an access key of one
 * partition is unknown in every other. Without an ARN it is us-east-1, as in the AWS CLI.
 */
export function homeRegion(arn: string | null): string {
  return homeRegions.get(partitionOf(arn ?? '') ?? '') ?? 'us-east-1';
}
