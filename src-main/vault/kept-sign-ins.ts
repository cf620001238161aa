import { z } from 'zod';
import { jsonOf } from '../core/json.ts';
import type { ClientRegistration } from '../core/sign-in/kept-sign-in.ts';
import type { HeldSignIn } from '../core/sign-in/sign-in-life.ts';

/** What is kept of sign-ins, each by its place. */
export type SignInsContent = {
  readonly signIns: ReadonlyMap<string, HeldSignIn>;
  /** Of portals, also of those where nobody is signed in. */
  readonly registrations: ReadonlyMap<string, ClientRegistration>;
};

const Registration = z.strictObject({ clientId: z.string(), clientSecret: z.string(), expiresAt: z.number() });

const Tokens = z.discriminatedUnion('way', [
  z.strictObject({ way: z.literal('identity-center'), accessToken: z.string(), refreshToken: z.string().nullable(), registration: Registration }),
  z.strictObject({
    way: z.literal('aws-login'),
    client: z.enum(['here', 'elsewhere']),
    credentials: z.strictObject({ accessKeyId: z.string(), secretAccessKey: z.string(), sessionToken: z.string(), expiresAt: z.number() }),
    refreshToken: z.string(),
    key: z.strictObject({ kty: z.string(), crv: z.string(), x: z.string(), y: z.string(), d: z.string() }),
  }),
]);

const SignInsFile = z.strictObject({
  version: z.literal(1),
  signIns: z.array(
    z.strictObject({
      signInId: z.string(),
      signedInAt: z.number(),
      freshSince: z.number(),
      freshUntil: z.number(),
      endsAt: z.number().nullable(),
      identity: z.strictObject({ accountId: z.string().nullable(), name: z.string(), isRoot: z.boolean() }).nullable(),
      tokens: Tokens,
    }),
  ),
  registrations: z.array(z.strictObject({ signInId: z.string(), registration: Registration })),
});

/** The content of the file before it is encrypted. */
export function signInsText({ signIns, registrations }: SignInsContent): string {
  return JSON.stringify({
    version: 1,
    signIns: [...signIns.values()],
    registrations: [...registrations].map(([signInId, registration]) => ({ signInId, registration })),
  });
}

/** Null for a text that this version did not write. */
export function parseSignIns(text: string): SignInsContent | null {
  const parsed = SignInsFile.safeParse(jsonOf(text));
  if (!parsed.success) return null;
  return {
    signIns: new Map(parsed.data.signIns.map((kept) => [kept.signInId, kept])),
    registrations: new Map(parsed.data.registrations.map(({ signInId, registration }) => [signInId, registration])),
  };
}
