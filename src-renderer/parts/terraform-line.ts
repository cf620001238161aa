import type { Desktop } from '../../src-main/contract/desktop/desktop.ts';

/** What to paste into a terminal to run Terraform with a profile, in the syntax of the platform's usual shell; a name of any characters stays one word. */
export function terraformLine(profile: string, platform: Desktop['platform']): string {
  if (platform === 'win32') return `$env:AWS_PROFILE = '${profile.replaceAll(/['‘’‚‛]/g, '$&$&')}'; terraform plan`;
  const word = /^[\w.@+/-]+$/.test(profile) ? profile : `'${profile.replaceAll("'", "'\\''")}'`;
  return `AWS_PROFILE=${word} terraform plan`;
}
