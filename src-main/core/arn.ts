/**
 * The user's name in a caller's ARN, `arn:aws:iam::111111111111:user/path/alice` or `…:root`
 * (IAM user guide, IAM identifiers). The partition may be any.
 */
export function userNameOf(arn: string): string {
  const resource = arn.split(':').slice(5).join(':');
  return resource.split('/').at(-1) ?? resource;
}

/** FIDO security keys and passkeys, which take no codes, are of the kind `u2f` (IAM user guide). */
export function isSecurityKey(serial: string): boolean {
  return serial.split(':').slice(5).join(':').startsWith('u2f/');
}
