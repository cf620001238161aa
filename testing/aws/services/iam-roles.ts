import { noSuchEntity } from '../wire/aws-error.ts';
import type { Role } from '../identities/directory.ts';
import { parseInlinePolicy } from '../identities/inline-policy.ts';
import { required, type Parameters } from '../wire/parameters.ts';
import type { XmlContent } from '../wire/xml.ts';

export type RoleAction = (role: Role, parameters: Parameters) => XmlContent;

/** What IAM does with the seeded roles; see the actions of these names in the IAM API reference. */
export const roleActions: Readonly<Record<string, RoleAction>> = {
  GetRole: (role) => ({ Role: roleElement(role) }),
  ListRolePolicies: (role) => ({ PolicyNames: [...role.inlinePolicies.keys()], IsTruncated: false }),
  GetRolePolicy: (role, parameters) => {
    const name = required(parameters, 'PolicyName');
    const policy = role.inlinePolicies.get(name);
    if (policy === undefined) throw noSuchPolicy(name);
    // IAM returns policy documents percent-encoded, RFC 3986.
    return { RoleName: role.roleName, PolicyName: name, PolicyDocument: encodeURIComponent(policy.document) };
  },
  PutRolePolicy: (role, parameters) => {
    const policy = parseInlinePolicy(required(parameters, 'PolicyDocument'));
    role.inlinePolicies.set(required(parameters, 'PolicyName'), policy);
    return null;
  },
  DeleteRolePolicy: (role, parameters) => {
    const name = required(parameters, 'PolicyName');
    if (!role.inlinePolicies.delete(name)) throw noSuchPolicy(name);
    return null;
  },
};

/** The trust policy states the rules that `trusts` in sts.ts applies. */
function roleElement({ roleName, roleId, arn, trustedAccountIds, externalId, maxSessionSeconds }: Role): XmlContent {
  const statement = {
    Effect: 'Allow',
    Principal: { AWS: trustedAccountIds.map((id) => `arn:aws:iam::${id}:root`) },
    Action: 'sts:AssumeRole',
    ...(externalId === null ? {} : { Condition: { StringEquals: { 'sts:ExternalId': externalId } } }),
  };
  const document = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  return {
    Path: '/',
    RoleName: roleName,
    RoleId: roleId,
    Arn: arn,
    // Percent-encoded, like every policy document of IAM.
    AssumeRolePolicyDocument: encodeURIComponent(document),
    MaxSessionDuration: maxSessionSeconds,
    CreateDate: '2024-01-01T00:00:00Z',
  };
}

const noSuchPolicy = (name: string) => noSuchEntity(`The role policy with name ${name} cannot be found.`);
