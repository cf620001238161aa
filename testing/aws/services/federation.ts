import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { authorize } from '../identities/authorize.ts';
import { AwsError } from '../wire/aws-error.ts';
import type { Clock } from '../wire/clock.ts';
import { principalOf, type CredentialStore, type RoleSession } from '../identities/credentials.ts';
import type { Parameters } from '../wire/parameters.ts';

const tokenLifetimeMs = 15 * 60_000;

/** A console that somebody signed in to with a sign-in token. */
export type SignIn = {
  readonly accountId: string;
  readonly roleArn: string;
  /** The ARN of the role session. */
  readonly sessionArn: string;
  /** The access key ID of the role session that got the sign-in token. */
  readonly accessKeyId: string;
  readonly destination: string;
  /** Null where the URL named none. */
  readonly issuer: string | null;
  /** How long the console lasts: what was asked for, or the rest of the role session. */
  readonly durationSeconds: number;
  /** Epoch milliseconds of AWS's clock. */
  readonly at: number;
};

type IssuedToken = {
  readonly session: RoleSession;
  readonly durationSeconds: number | null;
  readonly expiresAt: number;
};

const Session = z.object({ sessionId: z.string(), sessionKey: z.string(), sessionToken: z.string() });

/**
 * The federation endpoint of the sign-in service: "Enable custom identity broker access to the AWS
 * console", IAM User Guide. Every refusal is an AwsError with HTTP 400.
 */
export class Federation {
  /** In the order in which they came. */
  readonly signIns: SignIn[] = [];
  readonly #store: CredentialStore;
  readonly #clock: Clock;
  readonly #tokens = new Map<string, IssuedToken>();
  readonly #issued: string[] = [];

  constructor(store: CredentialStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Every sign-in token issued so far, used or not. */
  get tokens(): readonly string[] {
    return this.#issued;
  }

  /** Action=getSigninToken: a token that works once, within 15 minutes, and the session that it is for. */
  issueToken(parameters: Parameters): { readonly token: string; readonly session: RoleSession } {
    const session = this.#sessionOf(parameters.get('Session'));
    const durationSeconds = sessionDuration(parameters.get('SessionDuration'));
    if (durationSeconds !== null && session.assumedWith === 'session') throw invalidCredentials();
    const token = randomBytes(300).toString('base64url');
    this.#issued.push(token);
    this.#tokens.set(token, { session, durationSeconds, expiresAt: this.#clock() + tokenLifetimeMs });
    return { token, session };
  }

  /** Action=login: uses the token up and records the sign-in. */
  signIn(parameters: Parameters): { readonly destination: string; readonly session: RoleSession } {
    const destination = consoleUrl(parameters.get('Destination'));
    const token = parameters.get('SigninToken') ?? '';
    const issued = this.#tokens.get(token);
    const now = this.#clock();
    if (issued === undefined || issued.expiresAt <= now) throw badRequest('Token is invalid or expired');
    this.#tokens.delete(token);
    const { session, durationSeconds } = issued;
    const { accountId, arn } = principalOf(session);
    this.signIns.push({
      accountId,
      roleArn: session.role.arn,
      sessionArn: arn,
      accessKeyId: session.accessKeyId,
      destination,
      issuer: parameters.get('Issuer') ?? null,
      durationSeconds: durationSeconds ?? Math.max(0, Math.floor((session.expiresAt - now) / 1000)),
      at: now,
    });
    return { destination, session };
  }

  /** The live role session of these credentials; those of GetSessionToken are not accepted. */
  #sessionOf(text: string | undefined): RoleSession {
    const given = Session.safeParse(parseJson(text ?? ''));
    const found = given.success ? this.#store.find(given.data.sessionId) : undefined;
    if (
      found?.kind !== 'role-session' ||
      found.secretAccessKey !== given.data?.sessionKey ||
      found.sessionToken !== given.data.sessionToken ||
      found.expiresAt <= this.#clock()
    ) {
      throw invalidCredentials();
    }
    try {
      // A session that may not even do this was revoked.
      authorize(found, 'signin:GetSigninToken', null);
    } catch {
      throw invalidCredentials();
    }
    return found;
  }
}

function sessionDuration(text: string | undefined): number | null {
  if (text === undefined) return null;
  const seconds = /^\d+$/.test(text) ? Number(text) : 0;
  if (seconds < 900 || seconds > 43_200) throw badRequest('Invalid value for parameter SessionDuration');
  return seconds;
}

/** A page of AWS, as the real endpoint demands, or of a test on this machine. */
function consoleUrl(text: string | undefined): string {
  const url = text !== undefined && URL.canParse(text) ? new URL(text) : null;
  const isConsole = url?.protocol === 'https:' && /(?:^|\.)aws\.amazon\.com$/.test(url.hostname);
  const isLocal = url !== null && ['127.0.0.1', 'localhost'].includes(url.hostname);
  if (text === undefined || !(isConsole || isLocal)) throw badRequest('Invalid value for parameter Destination');
  return text;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const badRequest = (message: string) => new AwsError('BadRequest', 400, message);

/** AWS's words for credentials that are not valid, and for SessionDuration after role chaining. */
const invalidCredentials = () => badRequest('Invalid credentials parameter');
