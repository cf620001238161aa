import { z } from 'zod';
import { AwsError } from '../wire/aws-error.ts';
import type { JsonCall, JsonService } from '../wire/json-service.ts';
import { tagsOf } from '../wire/json-service.ts';

type Parameter = {
  readonly name: string;
  readonly type: string;
  readonly value: string;
  readonly description: string | null;
  readonly version: number;
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
  readonly tags: ReadonlyMap<string, string>;
};

const Tags = z.array(z.object({ Key: z.string(), Value: z.string() })).default([]);
const Put = z.object({
  Name: z.string().min(1),
  Value: z.string().min(1),
  Type: z.enum(['String', 'StringList', 'SecureString']).optional(),
  Description: z.string().optional(),
  Overwrite: z.boolean().default(false),
  Tags,
});
const Named = z.object({ Name: z.string().min(1) });
const Several = z.object({ Names: z.array(z.string()).min(1) });
const Described = z.object({
  ParameterFilters: z.array(z.object({ Key: z.literal('Name'), Option: z.literal('Equals').optional(), Values: z.array(z.string()) })).default([]),
});
const Resource = z.object({ ResourceType: z.literal('Parameter'), ResourceId: z.string() });
const Tagged = Resource.extend({ Tags });
const Untagged = Resource.extend({ TagKeys: z.array(z.string()) });

/** Parameter Store of AWS Systems Manager, as far as Terraform and the AWS CLI ask for parameters: AWS Systems Manager API reference. */
export function createSsm(): JsonService {
  const kept = new Map<string, Parameter>();
  const place = ({ accountId, region }: JsonCall, name: string) => `${accountId} ${region} ${name}`;
  const find = (call: JsonCall, name: string) => {
    const parameter = kept.get(place(call, name));
    if (parameter === undefined) throw new AwsError('ParameterNotFound', 400, `Parameter ${name} not found.`);
    return parameter;
  };
  const arn = ({ accountId, region }: JsonCall, name: string) => `arn:aws:ssm:${region}:${accountId}:parameter${name.startsWith('/') ? '' : '/'}${name}`;
  const shown = (call: JsonCall, { name, type, version, modifiedAt }: Parameter) => ({
    Name: name,
    Type: type,
    Version: version,
    LastModifiedDate: modifiedAt / 1000,
    ARN: arn(call, name),
    DataType: 'text',
  });
  const whole = (call: JsonCall, parameter: Parameter) => ({ ...shown(call, parameter), Value: parameter.value });
  const retag = (call: JsonCall, name: string, change: (tags: Map<string, string>) => void) => {
    const parameter = find(call, name);
    const tags = new Map(parameter.tags);
    change(tags);
    kept.set(place(call, name), { ...parameter, tags });
    return {};
  };
  return {
    PutParameter: (call) => {
      const { Name, Value, Type, Description, Overwrite, Tags: tags } = call.read(Put);
      const before = kept.get(place(call, Name));
      if (before !== undefined && !Overwrite)
        throw new AwsError(
          'ParameterAlreadyExists',
          400,
          'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
        );
      const version = (before?.version ?? 0) + 1;
      const type = Type ?? before?.type;
      if (type === undefined) throw new AwsError('ValidationException', 400, 'A parameter type is required when you create a parameter.');
      const changed = { name: Name, type, value: Value, description: Description ?? null, version, modifiedAt: call.now, tags: before?.tags ?? tagsOf(tags) };
      kept.set(place(call, Name), changed);
      return { Version: version, Tier: 'Standard' };
    },
    GetParameter: (call) => ({ Parameter: whole(call, find(call, call.read(Named).Name)) }),
    GetParameters: (call) => {
      const { Names } = call.read(Several);
      const found = Names.flatMap((name) => kept.get(place(call, name)) ?? []);
      return { Parameters: found.map((each) => whole(call, each)), InvalidParameters: Names.filter((name) => !kept.has(place(call, name))) };
    },
    DescribeParameters: (call) => {
      const names = call.read(Described).ParameterFilters.flatMap(({ Values }) => Values);
      const all = [...kept].filter(([at, { name }]) => at === place(call, name) && (names.length === 0 || names.includes(name)));
      return {
        Parameters: all.map(([, each]) => ({
          ...shown(call, each),
          Tier: 'Standard',
          Policies: [],
          ...(each.description !== null && { Description: each.description }),
        })),
      };
    },
    DeleteParameter: (call) => {
      const { name } = find(call, call.read(Named).Name);
      kept.delete(place(call, name));
      return {};
    },
    ListTagsForResource: (call) => ({ TagList: [...find(call, call.read(Resource).ResourceId).tags].map(([Key, Value]) => ({ Key, Value })) }),
    AddTagsToResource: (call) => {
      const { ResourceId, Tags: added } = call.read(Tagged);
      return retag(call, ResourceId, (tags) => added.forEach(({ Key, Value }) => tags.set(Key, Value)));
    },
    RemoveTagsFromResource: (call) => {
      const { ResourceId, TagKeys } = call.read(Untagged);
      return retag(call, ResourceId, (tags) => TagKeys.forEach((key) => tags.delete(key)));
    },
  };
}
