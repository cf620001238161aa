import { createPrivateKey, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import type { SigninClient } from '@aws-sdk/nested-clients/signin';
import type { AwsLoginTokens } from '../../core/sign-in/kept-sign-in.ts';

type Key = AwsLoginTokens['key'];

/** A key of P-256, which AWS Sign-In binds its tokens to. */
export function newProofKey(): Key {
  const { kty = '', crv = '', x = '', y = '', d = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
  return { kty, crv, x, y, d };
}

/**
 * Signs each request of a client with the key (RFC 9449, "DPoP"), also those that the SDK sends again: a proof is good
 * for one time. `now` is in epoch milliseconds.
 */
export function proveRequests({ middlewareStack }: Pick<SigninClient, 'middlewareStack'>, key: Key, now: () => number): void {
  middlewareStack.add(
    (next) => async (args) => {
      const request = args.request as Request;
      request.headers['DPoP'] = proof(key, { method: request.method, url: addressOf(request), seconds: Math.floor(now() / 1000) });
      return next(args);
    },
    // After the place where the SDK repeats a request.
    { step: 'finalizeRequest', priority: 'low', name: 'proveRequests' },
  );
}

/** What the SDK sends. */
type Request = {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly headers: Record<string, string>;
};

function addressOf({ protocol, hostname, port, path }: Request): string {
  return `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}${path}`;
}

function proof({ d, ...jwk }: Key, { method, url, seconds }: { readonly method: string; readonly url: string; readonly seconds: number }): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ typ: 'dpop+jwt', alg: 'ES256', jwk })}.${part({ jti: randomUUID(), htm: method, htu: url, iat: seconds })}`;
  const key = createPrivateKey({ key: { ...jwk, d }, format: 'jwk' });
  return `${signed}.${sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}
