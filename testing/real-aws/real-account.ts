import { accountIdOf } from '../../src-main/core/aws-names/arn.ts';

/** An account of AWS in which the nightly run may do what docs/real-aws.md lists, as its secrets describe it. */
export type RealAccount = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** The ARN of the user's virtual MFA device. */
  readonly mfaSerial: string;
  /** What its codes are made of, in base32. */
  readonly totpSeed: string;
  readonly roleArn: string;
  /** The role's. */
  readonly accountId: string;
  readonly region: string;
  /** Of an AWS in the place of Amazon's, for a rehearsal; null for Amazon's. */
  readonly endpoint: string | null;
};

/** The variables of the nightly run, which are the names of its secrets too. */
export const realAwsVariables = {
  accessKeyId: 'REAL_AWS_ACCESS_KEY_ID',
  secretAccessKey: 'REAL_AWS_SECRET_ACCESS_KEY',
  mfaSerial: 'REAL_AWS_MFA_SERIAL',
  totpSeed: 'REAL_AWS_TOTP_SEED',
  roleArn: 'REAL_AWS_ROLE_ARN',
} as const;

/** @throws {Error} a sentence that names what is missing, and shows no value */
export function realAccountIn(env: NodeJS.ProcessEnv): RealAccount {
  const missing = Object.values(realAwsVariables).filter((name) => (env[name] ?? '') === '');
  if (missing.length > 0) throw new Error(`No account of AWS can be used without ${missing.join(', ')}: docs/real-aws.md says what each holds.`);
  const valueOf = (field: keyof typeof realAwsVariables) => (env[realAwsVariables[field]] ?? '').trim();
  const accountId = accountIdOf(valueOf('roleArn'));
  if (accountId === null) throw new Error(`${realAwsVariables.roleArn} is not the ARN of a role: docs/real-aws.md shows one.`);
  return {
    accessKeyId: valueOf('accessKeyId'),
    secretAccessKey: valueOf('secretAccessKey'),
    mfaSerial: valueOf('mfaSerial'),
    totpSeed: valueOf('totpSeed'),
    roleArn: valueOf('roleArn'),
    accountId,
    region: 'us-east-1',
    endpoint: env['AWS_ENDPOINT_URL'] ?? null,
  };
}
