import { expect, it } from 'vitest';
import { terraformLine } from './terraform-line.ts';

it('the line that runs Terraform with a profile is one of the platform’s usual shell, and its name stays one word', () => {
  expect(terraformLine('default-sts', 'linux')).toBe('AWS_PROFILE=default-sts terraform plan');
  expect(terraformLine("it's; rm -rf ~", 'darwin')).toBe("AWS_PROFILE='it'\\''s; rm -rf ~' terraform plan");
  expect(terraformLine("it's", 'win32')).toBe("$env:AWS_PROFILE = 'it''s'; terraform plan");
});
