import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The article's deployment: a bucket in another account, and a check that it is the intended account. */
export type Deployment = {
  /** The role that the provider assumes. */
  readonly roleArn: string;
  /** The account that the project is meant for, twelve digits; the check block compares it. */
  readonly expectedAccountId: string;
  readonly bucketName: string;
};

/** Writes `main.tf` into an existing folder. Credentials and endpoint come from the environment. */
export function writeMainTf(folder: string, deployment: Deployment): void {
  writeFileSync(join(folder, 'main.tf'), mainTf(deployment));
}

function mainTf({ roleArn, expectedAccountId, bucketName }: Deployment): string {
  return `terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  region            = "us-east-1"
  s3_use_path_style = true

  assume_role {
    role_arn     = "${roleArn}"
    session_name = "terraform"
  }
}

data "aws_caller_identity" "current" {}

check "account" {
  assert {
    condition     = data.aws_caller_identity.current.account_id == "${expectedAccountId}"
    error_message = "This is account \${data.aws_caller_identity.current.account_id}, not ${expectedAccountId}."
  }
}

resource "aws_s3_bucket" "this" {
  bucket = "${bucketName}"
}

output "account_id" {
  value = data.aws_caller_identity.current.account_id
}
`;
}
