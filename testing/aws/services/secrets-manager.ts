import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { AwsError } from '../wire/aws-error.ts';
import type { JsonCall, JsonService } from '../wire/json-service.ts';

type Secret = { readonly name: string; readonly arn: string; readonly value: string; readonly versionId: string; readonly changedAt: number };

const Made = z.object({ Name: z.string().min(1), SecretString: z.string() });
const Changed = z.object({ SecretId: z.string(), SecretString: z.string() });
const Named = z.object({ SecretId: z.string() });

/** Secrets with a text, of which the newest version is kept: AWS Secrets Manager API reference. */
export function createSecretsManager(): JsonService {
  const kept = new Map<string, Secret>();
  const place = ({ accountId, region }: JsonCall, name: string) => `${accountId} ${region} ${name}`;
  const find = (call: JsonCall, id: string) => {
    const secret = kept.get(place(call, id)) ?? [...kept.values()].find(({ arn }) => arn === id && id.includes(`:${call.accountId}:`));
    if (secret === undefined) throw new AwsError('ResourceNotFoundException', 400, "Secrets Manager can't find the specified secret.");
    return secret;
  };
  const put = (call: JsonCall, secret: Omit<Secret, 'versionId' | 'changedAt'>) => {
    const version = { ...secret, versionId: randomUUID(), changedAt: call.now };
    kept.set(place(call, secret.name), version);
    return { ARN: version.arn, Name: version.name, VersionId: version.versionId };
  };
  return {
    CreateSecret: (call) => {
      const { Name, SecretString } = call.read(Made);
      if (kept.has(place(call, Name))) throw new AwsError('ResourceExistsException', 400, `The operation failed because the secret ${Name} already exists.`);
      const arn = `arn:aws:secretsmanager:${call.region}:${call.accountId}:secret:${Name}-${randomUUID().slice(0, 6)}`;
      return put(call, { name: Name, arn, value: SecretString });
    },
    PutSecretValue: (call) => {
      const { SecretId, SecretString } = call.read(Changed);
      return { ...put(call, { ...find(call, SecretId), value: SecretString }), VersionStages: ['AWSCURRENT'] };
    },
    GetSecretValue: (call) => {
      const { name, arn, value, versionId, changedAt } = find(call, call.read(Named).SecretId);
      return { ARN: arn, Name: name, SecretString: value, VersionId: versionId, VersionStages: ['AWSCURRENT'], CreatedDate: changedAt / 1000 };
    },
  };
}
