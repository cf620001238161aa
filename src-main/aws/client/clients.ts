import type { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import type { IAMClient } from '@aws-sdk/client-iam';
import type { SSOClient } from '@aws-sdk/client-sso';
import type { SSOOIDCClient } from '@aws-sdk/client-sso-oidc';
import type { SigninClient } from '@aws-sdk/nested-clients/signin';
import type { STSClient } from '@aws-sdk/client-sts';
import type { EndpointParameterInstructionsSupplier } from '@smithy/core/endpoints';
import type { Agent } from 'node:http';
import type { Result } from '../../contract/app-error.ts';
import { canBeRegion } from '../../core/aws-names/arn.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { configuredRegion } from './configured-region.ts';
import { clientSettings, type ClientSettings } from './client-settings.ts';
import type { AwsFiles } from '../files/environment.ts';
import { requireAwsAnswers, requireJsonAnswers } from './aws-answer.ts';
import { fromSdkError, type AwsService, type CallSubject } from './errors.ts';
import { agentTo } from './transport.ts';

/** Credentials as the SDK's clients take them. */
export type CallCredentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
};

export type ClientOptions = {
  /** The profile whose settings in the AWS files apply. */
  readonly profile: string;
  readonly files: AwsFiles;
  readonly region: string | null;
  /** The region to call, whatever is configured. */
  readonly askedRegion?: string;
  /** The ARN of the role or MFA device that the call is about. When no region is set, its partition decides where to call. */
  readonly arn?: string | null;
  readonly credentials: CallCredentials;
  /** The proxy that the user chose. When it is empty or left out, the one that the environment names is used. */
  readonly proxy?: string;
  /** 1 for a call that must not be repeated, such as one with an MFA code; otherwise the SDK retries as usual. */
  readonly maxAttempts?: 1;
};

/** In milliseconds. Connecting and answering together must take less time than a person with a code in hand will wait. */
const timeouts = { connectionTimeout: 5_000, requestTimeout: 15_000, throwOnRequestTimeout: true } as const;

/** Calls STS, and closes what the call opened. What the SDK throws becomes an `AppError` about the call's subject. */
export async function askSts<T>(options: ClientOptions, subject: CallSubject, ask: (client: STSClient) => Promise<Result<T>>): Promise<Result<T>> {
  return askWith(await stsClient(options), { ...subject, service: 'STS', region: calledRegion(options) }, ask);
}

/** The same for IAM. */
export async function askIam<T>(options: ClientOptions, subject: CallSubject, ask: (client: IAMClient) => Promise<Result<T>>): Promise<Result<T>> {
  return askWith(await iamClient(options), { ...subject, service: 'IAM', region: calledRegion(options) }, ask);
}

/** The same for CloudTrail. */
export async function askCloudTrail<T>(
  options: ClientOptions,
  subject: CallSubject,
  ask: (client: CloudTrailClient) => Promise<Result<T>>,
): Promise<Result<T>> {
  return askWith(await cloudTrailClient(options), { ...subject, service: 'CloudTrail', region: calledRegion(options) }, ask);
}

/** The same for the access portal of IAM Identity Center, whose requests are not signed. */
export async function askPortal<T>(options: ClientOptions, subject: CallSubject, ask: (client: SSOClient) => Promise<Result<T>>): Promise<Result<T>> {
  return askWith(await portalClient(options), { ...subject, service: 'IAM Identity Center', region: calledRegion(options) }, ask);
}

/** The same for its OIDC service; `endpoint` is its address, where browsers are sent too. */
export async function askOidc<T>(
  options: ClientOptions,
  subject: CallSubject,
  ask: (client: SSOOIDCClient, endpoint: URL) => Promise<Result<T>>,
): Promise<Result<T>> {
  return askAt(await oidcClient(options), { ...subject, service: 'IAM Identity Center', region: calledRegion(options) }, ask);
}

/** The same for AWS Sign-In; `endpoint` is its address, where browsers are sent too. */
export async function askSignIn<T>(
  options: ClientOptions,
  subject: CallSubject,
  ask: (client: SigninClient, endpoint: URL) => Promise<Result<T>>,
): Promise<Result<T>> {
  return askAt(await signInClient(options), { ...subject, service: 'AWS Sign-In', region: calledRegion(options) }, ask);
}

/** `askWith` for a client whose address is needed too. */
async function askAt<C extends { destroy: () => void }, T>(
  made: Result<{ readonly client: C; readonly endpoint: URL }>,
  subject: Parameters<typeof askWith>[1],
  ask: (client: C, endpoint: URL) => Promise<Result<T>>,
): Promise<Result<T>> {
  if (!made.ok) return made;
  const { client, endpoint } = made.value;
  return askWith(succeeded(client), subject, () => ask(client, endpoint));
}

async function askWith<C extends { destroy: () => void }, T>(
  client: Result<C>,
  subject: CallSubject & { readonly service: AwsService; readonly region: string },
  ask: (client: C) => Promise<Result<T>>,
): Promise<Result<T>> {
  if (!client.ok) return client;
  try {
    return await ask(client.value);
  } catch (error) {
    return failed(fromSdkError(error, { ...subject, now: Date.now() }));
  } finally {
    client.value.destroy();
  }
}

/**
 * A client for STS, which finds its endpoint and region as the AWS CLI does. The SDK is loaded at its
 * first use, to keep the start quick. The caller destroys the client.
 *
 * Errors: those of `agentTo`, and `network-unreachable` when the settings contradict each other.
 */
export async function stsClient(options: ClientOptions): Promise<Result<STSClient>> {
  const { Client, config, settings, url } = await stsPlan(options);
  const agent = await agentFor('STS', settings, options, url);
  return agent.ok ? succeeded(believing(new Client({ ...config, requestHandler: requestHandler(agent.value) }))) : agent;
}

/** How a client for STS would be made; `url` finds the endpoint, and rejects when the settings contradict each other. */
export async function stsPlan(options: ClientOptions) {
  const { STSClient: Client, GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
  const settings = await clientSettings(options.profile, 'sts', { files: options.files, env: process.env });
  const config = { ...clientConfig(options, settings), useGlobalEndpoint: settings.stsEndpoints === 'legacy' };
  return { Client, config, settings, url: () => resolvedEndpoint(GetCallerIdentityCommand, new Client(config).config) };
}

/** The same for IAM. */
export async function iamClient(options: ClientOptions): Promise<Result<IAMClient>> {
  const { IAMClient: Client, ListAccountAliasesCommand } = await import('@aws-sdk/client-iam');
  const settings = await clientSettings(options.profile, 'iam', { files: options.files, env: process.env });
  const config = clientConfig(options, settings);
  const agent = await agentFor('IAM', settings, options, () => resolvedEndpoint(ListAccountAliasesCommand, new Client(config).config));
  return agent.ok ? succeeded(believing(new Client({ ...config, requestHandler: requestHandler(agent.value) }))) : agent;
}

/**
 * AWS allows two LookupEvents calls a second, so this client retries more often than the others. Its
 * timeout is shorter, so that a silent server does not keep the user waiting for minutes.
 */
async function cloudTrailClient(options: ClientOptions): Promise<Result<CloudTrailClient>> {
  const { CloudTrailClient: Client, LookupEventsCommand } = await import('@aws-sdk/client-cloudtrail');
  const settings = await clientSettings(options.profile, 'cloudtrail', { files: options.files, env: process.env });
  const config = { ...clientConfig(options, settings), maxAttempts: 5 };
  const agent = await agentFor('CloudTrail', settings, options, () => resolvedEndpoint(LookupEventsCommand, new Client(config).config));
  return agent.ok ? succeeded(new Client({ ...config, requestHandler: { ...requestHandler(agent.value), requestTimeout: 5_000 } })) : agent;
}

async function portalClient(options: ClientOptions): Promise<Result<SSOClient>> {
  const { SSOClient: Client, ListAccountsCommand } = await import('@aws-sdk/client-sso');
  const settings = await clientSettings(options.profile, 'sso', { files: options.files, env: process.env });
  const config = clientConfig(options, settings);
  const agent = await agentFor('IAM Identity Center', settings, options, () => resolvedEndpoint(ListAccountsCommand, new Client(config).config));
  if (!agent.ok) return agent;
  return succeeded(believingJson(new Client({ ...config, requestHandler: requestHandler(agent.value) })));
}

async function oidcClient(options: ClientOptions): Promise<Result<{ readonly client: SSOOIDCClient; readonly endpoint: URL }>> {
  const { SSOOIDCClient: Client, RegisterClientCommand } = await import('@aws-sdk/client-sso-oidc');
  const settings = await clientSettings(options.profile, 'sso-oidc', { files: options.files, env: process.env });
  const config = clientConfig(options, settings);
  const url = () => resolvedEndpoint(RegisterClientCommand, new Client(config).config);
  const agent = await agentFor('IAM Identity Center', settings, options, url);
  if (!agent.ok) return agent;
  const client = believingJson(new Client({ ...config, requestHandler: requestHandler(agent.value) }));
  return succeeded({ client, endpoint: await url() });
}

async function signInClient(options: ClientOptions): Promise<Result<{ readonly client: SigninClient; readonly endpoint: URL }>> {
  const { SigninClient: Client, CreateOAuth2TokenCommand } = await import('@aws-sdk/nested-clients/signin');
  const settings = await clientSettings(options.profile, 'signin', { files: options.files, env: process.env });
  const config = clientConfig(options, settings);
  const url = () => resolvedEndpoint(CreateOAuth2TokenCommand, new Client(config).config);
  const agent = await agentFor('AWS Sign-In', settings, options, url);
  if (!agent.ok) return agent;
  const client = believingJson(new Client({ ...config, requestHandler: requestHandler(agent.value) }));
  return succeeded({ client, endpoint: await url() });
}

/** CloudTrail speaks JSON, which the SDK reads in any case, so a page fails there by itself. */
function believing<C extends STSClient | IAMClient>(client: C): C {
  requireAwsAnswers(client);
  return client;
}

function believingJson<C extends SSOClient | SSOOIDCClient | SigninClient>(client: C): C {
  // What differs between them is what their calls take and give, which nobody looks at there.
  requireJsonAnswers(client as Pick<SSOClient, 'middlewareStack'>);
  return client;
}

function clientConfig(options: ClientOptions, { endpoint, useFipsEndpoint, useDualstackEndpoint }: ClientSettings) {
  const { profile, credentials, maxAttempts } = options;
  return {
    profile,
    region: calledRegion(options),
    // A copy: the SDK writes into what it is given.
    credentials: { ...credentials },
    ignoreConfiguredEndpointUrls: true,
    useFipsEndpoint,
    useDualstackEndpoint,
    ...(endpoint === null ? {} : { endpoint }),
    ...(maxAttempts === undefined ? {} : { maxAttempts }),
  };
}

function calledRegion({ askedRegion, region, arn }: Pick<ClientOptions, 'askedRegion' | 'region' | 'arn'>): string {
  return askedRegion ?? configuredRegion({ region, ...(arn === undefined ? {} : { arn }) });
}

/** The endpoint that the SDK's own rules choose; it is the same for all commands of a service. */
async function resolvedEndpoint(
  command: EndpointParameterInstructionsSupplier,
  config: (STSClient | IAMClient | CloudTrailClient | SSOClient | SSOOIDCClient | SigninClient)['config'],
): Promise<URL> {
  const { getEndpointFromInstructions } = await import('@smithy/core/endpoints');
  return (await getEndpointFromInstructions({}, command, { ...config }, {})).url;
}

/** The agent depends on the endpoint, because proxies and certificates do. */
async function agentFor(
  service: AwsService,
  { caBundle }: ClientSettings,
  options: ClientOptions,
  endpoint: () => Promise<URL>,
): Promise<Result<Agent | null>> {
  const { proxy = '' } = options;
  const region = calledRegion(options);
  // As JSON has it, so that a carriage return of a file from Windows is seen.
  if (!canBeRegion(region)) return failed(appError('region-unusable', { profile: options.profile, region: JSON.stringify(region) }));
  let url: URL;
  try {
    url = await endpoint();
  } catch (error) {
    // The region does not exist, or FIPS is combined with a custom endpoint; the SDK's message says which.
    const reason = error instanceof Error ? error.message : 'no endpoint';
    return failed(appError('network-unreachable', { service, reason }));
  }
  return agentTo(url, caBundle, { env: process.env, chosen: proxy });
}

function requestHandler(agent: Agent | null) {
  return { ...timeouts, ...(agent === null ? {} : { httpAgent: agent, httpsAgent: agent }) };
}
