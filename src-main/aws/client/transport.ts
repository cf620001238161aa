import { X509Certificate } from 'node:crypto';
import type { Agent, ClientRequest } from 'node:http';
import { homedir } from 'node:os';
import type { Result } from '../../contract/app-error.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { systemErrorReason } from '../../core/system-error.ts';
import { readRegularFile } from '../../files/read-file.ts';

/** The environment's proxies, and the one that the user chose, which replaces them; `NO_PROXY` applies to both. */
export type Proxies = { readonly env: NodeJS.ProcessEnv; readonly chosen: string };

/**
 * The agent that connects a client to its endpoint: through the proxy if there is one, and with the
 * CA bundle in place of the trusted roots. Null when the SDK's own agent will do. The caller destroys
 * the agent, which also closes the connection to the proxy.
 *
 * Each call of the app goes through here, so this is where one is refused that others could read on its way.
 *
 * Errors: `proxy-invalid` `{variable}`, `endpoint-in-clear` `{endpoint}`, `ca-bundle-unreadable` `{file, reason}`.
 */
export async function agentTo(endpoint: URL, caBundle: string | null, proxies: Proxies): Promise<Result<Agent | null>> {
  const proxy = proxyTo(endpoint, proxies);
  if (!proxy.ok) return proxy;
  if (leavesInClear(endpoint, proxy.value)) return failed(appError('endpoint-in-clear', { endpoint: endpoint.origin }));
  const isSecure = endpoint.protocol === 'https:';
  const ca = caBundle === null || !isSecure ? succeeded(null) : await readCaBundle(caBundle);
  if (!ca.ok) return ca;
  const trust = ca.value === null ? {} : { ca: ca.value };
  if (proxy.value !== null) return succeeded(await (isSecure ? tunnel(proxy.value, trust) : relay(proxy.value)));
  if (ca.value === null) return succeeded(null);
  const { Agent: SecureAgent } = await import('node:https');
  return succeeded(new SecureAgent(trust));
}

/** Plain http is taken only to a server on this machine, and not through a proxy elsewhere, which could read it too. */
function leavesInClear(endpoint: URL, proxy: URL | null): boolean {
  if (endpoint.protocol === 'https:') return false;
  return ![endpoint, proxy ?? endpoint].every(({ hostname }) => hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname));
}

/**
 * The proxy for an endpoint, found as botocore does with Python's `getproxies`: the lower-case
 * variable wins, an empty one means no proxy, a missing scheme means http, and `ALL_PROXY` is
 * ignored. The packages that read these variables differ on every one of these points.
 */
export function proxyTo(endpoint: URL, { env, chosen }: Proxies): Result<URL | null> {
  const name = `${endpoint.protocol.slice(0, -1)}_proxy`;
  const variable = env[name] === undefined ? name.toUpperCase() : name;
  const value = chosen || (env[variable]?.trim() ?? '');
  if (value === '' || isDirect(endpoint, env['no_proxy'] ?? env['NO_PROXY'] ?? '')) return succeeded(null);
  const proxy = parseProxy(/^[a-z0-9]+:\/\//i.test(value) ? value : `http://${value.replace(/^\/\//, '')}`);
  // The value may hold a password, so the error names only the variable.
  return proxy === null ? failed(appError('proxy-invalid', { variable })) : succeeded(proxy);
}

/** A name in `NO_PROXY` covers its subdomains too, with or without a dot in front. */
function isDirect({ hostname, port, protocol }: URL, noProxy: string): boolean {
  const host = hostname.replaceAll(/[[\]]/g, '');
  const hosts = [host, `${host}:${port || (protocol === 'https:' ? 443 : 80)}`];
  const names = noProxy.split(/[\s,]+/).map((name) => name.toLowerCase());
  return names.some((name) => {
    const domain = name.replace(/^\*?\.+/, '');
    return name === '*' || (domain !== '' && hosts.some((each) => each === domain || each.endsWith(`.${domain}`)));
  });
}

function parseProxy(address: string): URL | null {
  try {
    const proxy = new URL(address);
    // The agents decode these only while connecting, too late to report it as an `AppError`.
    decodeURIComponent(`${proxy.username}${proxy.password}`);
    return /^https?:$/.test(proxy.protocol) && proxy.hostname !== '' ? proxy : null;
  } catch {
    return null;
  }
}

/** The file of certificates that replaces the trusted roots, found as botocore finds it; `configured` is a profile's. Null for none. */
export function caBundleIn(env: NodeJS.ProcessEnv, configured: string | undefined): string | null {
  return env['AWS_CA_BUNDLE'] || configured || env['REQUESTS_CA_BUNDLE'] || null;
}

/** The largest CA bundle that is read, in bytes; those of systems have some 200 kB. */
const bundleBytesMax = 16 * 1024 * 1024;

async function readCaBundle(file: string): Promise<Result<string>> {
  const unreadable = (reason: string) => failed(appError('ca-bundle-unreadable', { file, reason }));
  let bundle: string;
  try {
    bundle = (await readRegularFile(file.replace(/^~(?=[/\\])/, homedir()), bundleBytesMax)).toString('utf8');
  } catch (error) {
    return unreadable(systemErrorReason(error));
  }
  // TLS skips what it cannot parse, and would then trust nobody.
  return beginsWithCertificate(bundle) ? succeeded(bundle) : unreadable('no certificate in it');
}

function beginsWithCertificate(bundle: string): boolean {
  try {
    return new X509Certificate(bundle).raw.length > 0;
  } catch {
    return false;
  }
}

/** For an https endpoint: a CONNECT tunnel, with TLS inside. */
async function tunnel(proxy: URL, trust: { readonly ca?: string }): Promise<Agent> {
  const { HttpsProxyAgent } = await import('https-proxy-agent');
  const closing = new AbortController();
  const agent = new HttpsProxyAgent(proxy, { ...trust, signal: closing.signal });
  // The constructor keeps `ca` for the connection to the proxy only.
  Object.assign(agent.options, trust);
  agent.on('proxyConnect', ({ statusCode }: { statusCode: number }, request: ClientRequest) => {
    if (statusCode !== 200) request.destroy(refusal(proxy, statusCode));
  });
  return closable(agent, closing);
}

/** For an http endpoint: the proxy gets the request itself. */
async function relay(proxy: URL): Promise<Agent> {
  const { HttpProxyAgent } = await import('http-proxy-agent');
  const closing = new AbortController();
  return closable(new HttpProxyAgent(proxy, { signal: closing.signal }), closing);
}

/** An agent does not know its socket until the proxy has answered, so before that it could not close it. */
function closable(agent: Agent, closing: AbortController): Agent {
  const destroy = agent.destroy.bind(agent);
  agent.destroy = () => {
    destroy();
    closing.abort();
  };
  return agent;
}

/** An error in the shape of Node's own network errors. */
function refusal({ host }: URL, status: number): Error {
  return Object.assign(new Error('The proxy refused to connect'), { code: `PROXY_${status}`, hostname: host });
}
