import { expect, it } from 'vitest';
import { enduresMs, isDeployer, isForState } from './callers.ts';

// As they were sent by the programs themselves.
const provider =
  'APN/1.0 HashiCorp/1.0 Terraform/1.11.4 (+https://www.terraform.io) terraform-provider-aws/5.100.0 (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go-v2/1.36.5';
const backend = 'APN/1.0 HashiCorp/1.0 Terraform/1.11.4 aws-sdk-go-v2/1.36.0 ua/2.1 os/linux lang/go#1.23.3';
const cli = 'aws-cli/1.45.11 md/Botocore#1.43.11 ua/2.1 os/linux lang/python#3.11.7';

it('a provider deploys; a backend, the AWS CLI and scripts ask for other reasons', () => {
  expect([provider, backend, cli, 'Boto3/1.43.11', 'aws-sdk-js/3.1173.0', ''].map(isDeployer)).toEqual([true, false, false, false, false, false]);
});

it('a provider of another maker that takes roles as AWS’s own does deploys too, and reads no state', () => {
  const other = 'APN/1.0 HashiCorp/1.0 Terraform/1.11.4 (+https://www.terraform.io) terraform-provider-awsutils/0.19.1 aws-sdk-go-v2/1.36.5';
  expect([isDeployer(other), isForState(other)]).toEqual([true, false]);
});

it('a state is read by Terraform and OpenTofu themselves, and by neither a provider nor another program', () => {
  const tofu = 'APN/1.0 OpenTofu-S3-Backend/1.0 OpenTofu/1.9.0 aws-sdk-go-v2/1.36.0';
  expect([backend, tofu, provider, cli, 'Boto3/1.43.11', ''].map(isForState)).toEqual([true, true, false, false, false, false]);
});

it('a provider and a backend wait for more than a minute, the others are answered within it', () => {
  expect(enduresMs(provider)).toBe(100_000);
  expect(enduresMs(backend)).toBe(100_000);
  expect(enduresMs(cli)).toBeLessThan(60_000);
});
