import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ClientCredentials } from '../clients/client-env.ts';
import { assumeRole } from '../clients/sdk-session.ts';
import { startLocalAws, type LocalAws } from '../local-aws.ts';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.close());

/** One signed call of a service with a JSON protocol, and its answer as it is on the wire. */
async function post(service: 'ssm' | 'secretsmanager', action: string, body: object, credentials: ClientCredentials = aws.alice) {
  const { host, hostname } = new URL(aws.endpoint);
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const held = { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
  const signer = new SignatureV4({ service, region: aws.region, credentials: held, sha256: Hash.bind(null, 'sha256') });
  const target = `${service === 'ssm' ? 'AmazonSSM' : 'secretsmanager'}.${action}`;
  const headers = { host, 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target };
  const text = JSON.stringify(body);
  const signed = await signer.sign({ method: 'POST', protocol: 'http:', hostname, path: '/', headers, body: text });
  const { host: _, ...sent } = signed.headers;
  const answer = await fetch(aws.endpoint, { method: 'POST', headers: sent, body: text });
  return { status: answer.status, json: (await answer.json()) as unknown };
}
const refused = (code: string) => ({ status: 400, json: expect.objectContaining({ __type: code }) as unknown });
const given = (json: object) => ({ status: 200, json: expect.objectContaining(json) as unknown });

describe('SSM parameters', () => {
  const ssm = (action: string, body: object, credentials?: ClientCredentials) => post('ssm', action, body, credentials);

  test('are written, read, found and deleted', async () => {
    const parameter = { Name: '/a/role', Type: 'String', Value: 'x', Version: 1, ARN: 'arn:aws:ssm:us-east-1:111111111111:parameter/a/role' };
    expect(await ssm('PutParameter', { Name: '/a/role', Type: 'String', Value: 'x', Description: 'a role' })).toEqual(given({ Version: 1 }));
    expect(await ssm('GetParameter', { Name: '/a/role', WithDecryption: true })).toEqual(given({ Parameter: expect.objectContaining(parameter) }));
    expect(await ssm('GetParameters', { Names: ['/a/role', '/none'] })).toEqual(
      given({ Parameters: [expect.objectContaining(parameter)], InvalidParameters: ['/none'] }),
    );
    const filters = (name: string) => ({ ParameterFilters: [{ Key: 'Name', Option: 'Equals', Values: [name] }] });
    expect(await ssm('DescribeParameters', filters('/a/role'))).toEqual(
      given({ Parameters: [expect.objectContaining({ Name: '/a/role', Description: 'a role' })] }),
    );
    expect(await ssm('DescribeParameters', filters('/none'))).toEqual(given({ Parameters: [] }));
    expect(await ssm('DeleteParameter', { Name: '/a/role' })).toEqual(given({}));
    expect(await ssm('GetParameter', { Name: '/a/role' })).toEqual(refused('ParameterNotFound'));
    expect(await ssm('DeleteParameter', { Name: '/a/role' })).toEqual(refused('ParameterNotFound'));
  });

  test('are replaced only on request, with the next version', async () => {
    await ssm('PutParameter', { Name: 'b', Type: 'String', Value: 'x' });
    expect(await ssm('PutParameter', { Name: 'b', Type: 'String', Value: 'y' })).toEqual(refused('ParameterAlreadyExists'));
    expect(await ssm('PutParameter', { Name: 'b', Value: 'y', Overwrite: true })).toEqual(given({ Version: 2 }));
    expect(await ssm('GetParameter', { Name: 'b' })).toEqual(given({ Parameter: expect.objectContaining({ Value: 'y', Type: 'String' }) }));
    expect(await ssm('PutParameter', { Name: 'c', Value: 'y' })).toEqual(refused('ValidationException'));
    expect(await ssm('PutParameter', { Name: 'c' })).toEqual(refused('ValidationException'));
  });

  test('have tags', async () => {
    const resource = { ResourceType: 'Parameter', ResourceId: 'd' };
    const tags = async () => (await ssm('ListTagsForResource', resource)).json;
    await ssm('PutParameter', { Name: 'd', Type: 'String', Value: 'x', Tags: [{ Key: 'a', Value: '1' }] });
    await ssm('AddTagsToResource', { ...resource, Tags: [{ Key: 'b', Value: '2' }] });
    expect(await tags()).toEqual({
      TagList: [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '2' },
      ],
    });
    await ssm('RemoveTagsFromResource', { ...resource, TagKeys: ['a'] });
    expect(await tags()).toEqual({ TagList: [{ Key: 'b', Value: '2' }] });
  });

  test('are each account’s own', async () => {
    const inB = await assumeRole(aws, aws.alice, aws.accounts.b.deployRoleArn);
    await ssm('PutParameter', { Name: 'e', Type: 'String', Value: 'x' });
    expect(await ssm('GetParameter', { Name: 'e' }, inB)).toEqual(refused('ParameterNotFound'));
    expect(await ssm('DescribeParameters', {}, inB)).toEqual(given({ Parameters: [] }));
  });
});

test('a secret is made once, changed, and read by name or ARN in its own account', async () => {
  const secrets = (action: string, body: object, credentials?: ClientCredentials) => post('secretsmanager', action, body, credentials);
  const made = await secrets('CreateSecret', { Name: 'role', SecretString: 'x' });
  expect(made).toEqual(given({ Name: 'role' }));
  expect(await secrets('CreateSecret', { Name: 'role', SecretString: 'x' })).toEqual(refused('ResourceExistsException'));
  await secrets('PutSecretValue', { SecretId: 'role', SecretString: 'y' });
  const { ARN } = made.json as { ARN: string };
  for (const SecretId of ['role', ARN]) expect(await secrets('GetSecretValue', { SecretId })).toEqual(given({ SecretString: 'y', ARN }));
  const inB = await assumeRole(aws, aws.alice, aws.accounts.b.deployRoleArn);
  for (const SecretId of ['role', ARN]) expect(await secrets('GetSecretValue', { SecretId }, inB)).toEqual(refused('ResourceNotFoundException'));
});

test('an action that the local AWS does not have is refused by name', async () => {
  expect(await post('ssm', 'SendCommand', {})).toMatchObject({ status: 501, json: { __type: 'NotImplemented' } });
});
