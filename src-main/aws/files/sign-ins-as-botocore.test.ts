import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pythonWithBoto3 } from '../../../testing/app/aws-clients.ts';
import { signInsByBotocore, type AwsFilePair, type BotocoreSignIn } from '../../../testing/aws-files/botocore-sign-ins.ts';
import { loadAwsConfig } from './profiles.ts';

/** What the app refuses although botocore would go on with it, by where that would look, and why. */
const refusedOnPurpose: Readonly<Partial<Record<BotocoreSignIn['by'], Readonly<Record<string, string>>>>> = {
  sso: {
    'sso-and-key': 'the AWS CLI goes to the portal, and Terraform’s provider takes the key',
    'sso-and-process': 'the AWS CLI goes to the portal, and the SDK for JavaScript runs the command',
    'sso-account-invalid': 'botocore asks the portal for it, which refuses every account that has not twelve digits',
    'portal-address-invalid': 'botocore opens it only when somebody signs in, and then fails',
    'sso-session-incomplete': 'botocore takes an empty setting for one that is there',
  },
  login: {
    'login-and-process': 'the AWS CLI signs in, and the SDK for JavaScript runs the command',
    'login-session-invalid': 'botocore looks for it in its cache whatever it is',
    'login-region-none': 'botocore takes the region of the environment, which a program has and the app has not',
    'profile-sso': 'an entry that names a portal and neither account nor role is one that somebody has not finished',
  },
  process: { 'profile-sso': 'the same' },
};

const arn = 'arn:aws:iam::111111111111:user/alice';
const [portalA, portalB] = ['https://a.awsapps.com/start', 'https://b.awsapps.com/start'];

/** A line of a setting, or none. */
const setting = (name: string, ...values: readonly (string | null)[]) =>
  fc.constantFrom(...values).map((value) => (value === null ? [] : [`${name} = ${value}`]));
const lines = (header: string, ...settings: readonly fc.Arbitrary<string[]>[]) =>
  fc.tuple(...settings).map((found) => [header, ...found.flat(), ''].join('\n'));

const session = (name: string) =>
  lines(
    `[sso-session ${name}]`,
    setting('sso_start_url', portalA, portalA, portalA, portalB, null),
    setting('sso_region', 'us-east-1', 'us-east-1', 'eu-central-1', null),
    setting('sso_registration_scopes', 'sso:account:access', null),
    setting('sso_account_id', null, null, null, null, null, '111111111111'),
  );
const profile = (header: string) =>
  lines(
    header,
    setting('sso_session', 'corp', 'corp', 'other', 'absent', null, null),
    setting('sso_start_url', null, null, null, portalA, portalB, 'no address'),
    setting('sso_region', null, null, 'us-east-1', 'eu-central-1'),
    setting('sso_account_id', '111111111111', '111111111111', '222222222222', '42', '', null),
    setting('sso_role_name', 'Admin', 'Admin', 'ReadOnly', '', null),
    setting('login_session', null, null, null, null, arn, 'nobody'),
    setting('credential_process', null, null, null, null, null, null, '/opt/other/program'),
    setting('region', 'us-east-1', null),
  );
const key = ['aws_access_key_id = AKIAIOSFODNN7EXAMPLE', 'aws_secret_access_key = secret', ''].join('\n');
const credentials = fc.constantFrom('', '', '', '', '', `[browser]\n${key}`, '[browser]\nsso_role_name = Admin\n', '[other]\nregion = us-east-1\n');
const pair: fc.Arbitrary<AwsFilePair> = fc
  .tuple(session('corp'), session('other'), profile('[profile browser]'), fc.boolean(), credentials)
  .map(([corp, other, browser, isFirst, credentialsFile]) => ({
    config: (isFirst ? [browser, corp, other] : [corp, other, browser]).join('\n'),
    credentials: credentialsFile,
  }));
const seed = Number(process.env['AWS_FILE_SEED'] ?? Date.now() % 1_000_000);
const pairs = fc.sample(pair, { numRuns: Number(process.env['AWS_FILE_TRIES'] ?? 220), seed });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sign-ins-as-botocore-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** As the app reads it, in the form of botocore's; a refusal by its code. */
async function readHere({ config, credentials: text }: AwsFilePair): Promise<BotocoreSignIn> {
  const files = { config: join(folder, 'config'), credentials: join(folder, 'credentials') };
  await writeFile(files.config, config);
  await writeFile(files.credentials, text);
  const { foreign, unusable, profiles } = await loadAwsConfig(files);
  const source = foreign.get('browser');
  switch (source?.kind) {
    case 'identity-center': {
      const { place, accountId, roleName } = source;
      return { by: 'sso', startUrl: place.startUrl, region: place.region, accountId, roleName };
    }
    case 'aws-login':
      return { by: 'login', loginSession: source.place.loginSession ?? '' };
    case 'command':
      return { by: 'process' };
    default: {
      const error = unusable.get('browser');
      if (error !== undefined) return { by: 'refused', reason: error.code };
      return { by: profiles.some(({ name }) => name === 'browser') ? 'key' : 'nowhere' };
    }
  }
}

/** Whether both mean the same, or the app refuses on purpose what botocore would try. */
function isAlike(ours: BotocoreSignIn, theirs: BotocoreSignIn): boolean {
  if (JSON.stringify(ours) === JSON.stringify(theirs)) return true;
  if (ours.by !== 'refused') return false;
  if (Object.hasOwn(refusedOnPurpose[theirs.by] ?? {}, ours.reason)) return true;
  return theirs.by === 'refused' || theirs.by === 'nowhere';
}

const python = pythonWithBoto3();

describe.skipIf(python === null)('a profile that signs in with the browser', () => {
  it(
    'a profile that signs in with the browser means the portal, region, account and role that botocore finds, or is refused for a reason that is stated',
    { timeout: 180_000 },
    async () => {
      const theirs = await signInsByBotocore(python ?? '', 'browser', pairs);
      const read: { readonly ours: BotocoreSignIn; readonly theirs: BotocoreSignIn }[] = [];
      for (const [index, each] of pairs.entries()) read.push({ ours: await readHere(each), theirs: theirs[index] ?? { by: 'nowhere' } });
      const different = read.flatMap((both, index) => (isAlike(both.ours, both.theirs) ? [] : [{ ...both, ...pairs[index] }]));
      expect(different.slice(0, 3), `AWS_FILE_SEED=${seed}`).toEqual([]);
      const found = (by: BotocoreSignIn['by']): number => read.filter(({ ours }) => ours.by === by).length;
      // Each kind is among them, of which chance makes now more and now fewer.
      expect(found('sso')).toBeGreaterThan(0);
      expect(found('refused')).toBeGreaterThan(pairs.length / 20);
      expect(read.some((both) => both.ours.by === 'refused' && both.theirs.by === 'refused')).toBe(true);
    },
  );
});
