import type { WayToAws } from '../../contract/ui-state.ts';
import { isAwsHost } from '../../core/aws-names/aws-hosts.ts';
import { stsPlan, type ClientOptions } from './clients.ts';
import { proxyTo } from './transport.ts';

/** What stands between the user and AWS on the way of a call to STS. Nothing is called, and no password is told. */
export async function wayToSts(options: ClientOptions): Promise<WayToAws> {
  const { settings, url } = await stsPlan(options);
  const address = await url().catch(() => null);
  // Where there is no address, each call says why.
  if (address === null) return { endpoint: null, proxy: null, caBundle: null };
  const proxy = proxyTo(address, { env: process.env, chosen: options.proxy ?? '' });
  const isSecure = address.protocol === 'https:';
  return {
    endpoint: settings.endpoint === null || (isSecure && isAwsHost(address.hostname)) ? null : address.origin,
    proxy: proxy.ok ? (proxy.value?.host ?? null) : null,
    caBundle: isSecure ? settings.caBundle : null,
  };
}
