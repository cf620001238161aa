import { describe, expect, it } from 'vitest';
import { terraformLine } from './terraform-line.ts';

describe('the line that runs Terraform', () => {
  it.each([
    ['default-sts', 'linux', 'AWS_PROFILE=default-sts terraform plan'],
    ['my team-sts', 'darwin', "AWS_PROFILE='my team-sts' terraform plan"],
    ['$(id)-sts', 'linux', "AWS_PROFILE='$(id)-sts' terraform plan"],
    ['default-sts', 'win32', "$Env:AWS_PROFILE = 'default-sts'; terraform plan"],
    ["o'brien-sts", 'linux', null],
  ] as const)('the line that runs Terraform names the profile as a word of its shell: %s on %s', (name, platform, line) => {
    expect(terraformLine(name, platform)).toBe(line);
  });
});
