/** The name at the end of the ARN of a user or a role, without its path. */
export function arnName(arn: string): string {
  return arn.split('/').at(-1) ?? arn;
}
