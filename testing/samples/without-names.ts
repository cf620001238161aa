import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { awsCallsOf } from './aws-calls.ts';

// A process in which no name resolves: makes each call of STS and IAM, and prints what came of it as JSON. The second
// argument is an endpoint in the place of AWS's own, or nothing.

const [, , folder = '', endpoint = ''] = process.argv;
const files = { config: join(folder, 'config'), credentials: join(folder, 'credentials') };
writeFileSync(files.config, `[default]\n${endpoint === '' ? '' : `endpoint_url = ${endpoint}\n`}`);
const options = { profile: 'default', files, region: 'us-east-1', credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'invented' } };
const caller = {
  serial: 'arn:aws:iam::111111111111:mfa/alice',
  code: () => Promise.resolve('123456'),
  roleArn: 'arn:aws:iam::222222222222:role/deploy',
  byKey: options,
  bySession: options,
};
const outcomes = await Promise.all(Object.entries(awsCallsOf).map(async ([action, call]) => [action, await call(caller)] as const));
process.stdout.write(JSON.stringify(Object.fromEntries(outcomes)));
