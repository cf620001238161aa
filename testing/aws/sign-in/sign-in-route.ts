import type { Faults } from '../faults/faults.ts';
import type { RequestHead } from '../wire/aws-request.ts';
import { typedReply, type Outcome } from '../wire/reply.ts';
import type { AwsLogin } from './aws-login.ts';
import type { IdentityCenter } from './identity-center.ts';

export type SignInParts = { readonly identityCenter: IdentityCenter; readonly awsLogin: AwsLogin; readonly faults: Faults };

/** A request of a sign-in service. */
export type SignInRequest = {
  readonly query: ReadonlyMap<string, string>;
  readonly headers: RequestHead['headers'];
  /** Of a form, or of JSON. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Where clients find this AWS: `http://127.0.0.1:PORT`. */
  readonly origin: string;
};

export type SignInReply = Outcome['reply'];

/** One action of a sign-in service. */
export type SignInRoute = {
  readonly service: 'sso-oidc' | 'sso' | 'signin';
  readonly action: string;
  /** What of a request may stand in the record of calls: nothing that is a secret. */
  readonly recorded: readonly string[];
  readonly answer: (parts: SignInParts, request: SignInRequest) => SignInReply;
};

/** Sends a browser on, with more parameters in the address. */
export function redirect(to: string, parameters: Readonly<Record<string, string>>): SignInReply {
  const url = new URL(to);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return { kind: 'reply', status: 302, headers: { location: url.href }, body: '' };
}

export function json(value: unknown): SignInReply {
  return typedReply(200, 'application/json', JSON.stringify(value));
}

export function html(text: string): SignInReply {
  return typedReply(200, 'text/html;charset=utf-8', text);
}
