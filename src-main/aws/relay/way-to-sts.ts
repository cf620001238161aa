import type { Result } from '../../contract/app-error.ts';
import { passOn, type PassedCall, type StsAnswer } from './pass-on.ts';
import { stsEndpoint, type StsCaller, type StsEndpoint } from './sts-endpoint.ts';

/** The way on which one program reaches STS. Where that leads in a region is found out once. */
export class WayToSts {
  readonly #caller: StsCaller;
  readonly #proxy: () => string;
  readonly #endpoints = new Map<string, Promise<Result<StsEndpoint>>>();

  /** `proxy` is the one that the user chose; empty for what the program's environment says. */
  constructor(caller: StsCaller, proxy: () => string) {
    this.#caller = caller;
    this.#proxy = proxy;
  }

  /** Null for a call that names no region. Errors: those of `stsEndpoint` and `passOn`. */
  async send(call: PassedCall, region: string | null): Promise<Result<StsAnswer>> {
    const { env } = this.#caller;
    const endpoint = await this.#endpoint(region ?? (env['AWS_REGION'] || env['AWS_DEFAULT_REGION'] || 'us-east-1'));
    return endpoint.ok ? passOn(call, { endpoint: endpoint.value, env, proxy: this.#proxy() }) : endpoint;
  }

  #endpoint(region: string): Promise<Result<StsEndpoint>> {
    const endpoint = this.#endpoints.get(region) ?? stsEndpoint(this.#caller, region);
    this.#endpoints.set(region, endpoint);
    return endpoint;
  }
}
