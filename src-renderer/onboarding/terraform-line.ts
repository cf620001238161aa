/** Names that every shell takes as they are. */
const plain = /^[\w.+@-]+$/;

/**
 * The line that runs Terraform with the session of an installed profile, for the shell that people have on the platform.
 * Null for a name that would take more than quotes.
 */
export function terraformLine(name: string, platform: 'linux' | 'darwin' | 'win32'): string | null {
  if (/['\u2018-\u201B\p{C}]/u.test(name)) return null;
  if (platform === 'win32') return `$Env:AWS_PROFILE = '${name}'; terraform plan`;
  return `AWS_PROFILE=${plain.test(name) ? name : `'${name}'`} terraform plan`;
}
