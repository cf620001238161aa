import { randomBytes, randomInt } from 'node:crypto';
import type { CredentialStore, RoleSession } from '../identities/credentials.ts';
import { reservedRole, type Role } from '../identities/directory.ts';
import type { Clock } from '../wire/clock.ts';
import { OneTimeCodes, RefreshTokens } from './one-time-codes.ts';
import { isLoopback, matchesChallenge, withoutPort } from './pkce.ts';
import { oidcError, otherRegionError, portalError, type OtherRegion } from './sign-in-error.ts';

/** An account that a user has in the access portal, with the names of its permission sets. */
export type Assignment = { readonly accountId: string; readonly accountName: string; readonly emailAddress: string; readonly roleNames: readonly string[] };

export type Registration = { readonly clientId: string; readonly clientSecret: string; readonly issuedAt: number; readonly expiresAt: number };

type Client = Registration & { readonly scopes: readonly string[]; readonly grantTypes: readonly string[]; readonly redirectUris: readonly string[] };

/** What a browser brings to `/authorize`. */
export type AuthorizationRequest = { readonly clientId: string; readonly redirectUri: string; readonly state: string; readonly challenge: string };

type Grant = { readonly userName: string; readonly clientId: string };
type DeviceGrant = {
  readonly clientId: string;
  readonly userCode: string;
  readonly expiresAt: number;
  answer: 'pending' | 'declined' | { readonly userName: string };
  askedAt: number;
};
type Token = Grant & { readonly endsAt: number };

export type Tokens = { readonly accessToken: string; readonly expiresIn: number; readonly refreshToken: string | null };

/** How long things live, in seconds; for sign-ins and tokens that are issued from now on. */
type Lives = { registration: number; accessToken: number; refreshToken: number; roleCredentials: number; deviceCode: number; grace: number };

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';
const grantTypes = ['authorization_code', 'refresh_token', deviceGrant];

/**
 * One IAM Identity Center, with its OIDC service and its access portal. Times are epoch milliseconds of AWS's clock,
 * and lives are seconds. Sources: the IAM Identity Center OIDC and Portal API references.
 */
export class IdentityCenter {
  /** `grace`: how long a used refresh token answers as before. Whether AWS has such a time is not known: 0, none, is the harder for clients. */
  readonly lives: Lives = { registration: 90 * 86_400, accessToken: 3_600, refreshToken: 8 * 3_600, roleCredentials: 3_600, deviceCode: 600, grace: 0 };
  /** How many entries a page has at most, whatever was asked for. */
  pageSize = 100;
  /** Seconds that a client has to leave between two questions for a device code. */
  intervalSeconds = 1;
  /** What a region says that is not the one that Identity Center was set up in; null in its own. */
  elsewhere: OtherRegion | null = null;
  readonly #store: CredentialStore;
  readonly #clock: Clock;
  readonly #assignments = new Map<string, readonly Assignment[]>();
  readonly #clients = new Map<string, Client>();
  readonly #codes: OneTimeCodes<Grant & AuthorizationRequest>;
  readonly #devices = new Map<string, DeviceGrant>();
  readonly #accessTokens = new Map<string, Token>();
  readonly #refreshTokens: RefreshTokens<Token, Tokens>;
  readonly #roles = new Map<string, Role>();
  readonly #secrets: string[] = [];

  constructor(store: CredentialStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    this.#codes = new OneTimeCodes(clock, 60_000);
    this.#refreshTokens = new RefreshTokens(clock, () => this.lives.grace);
  }

  /** Says which accounts and roles a user has; a name that is new is a new user. */
  assign(userName: string, assignments: readonly Assignment[]): void {
    this.#assignments.set(userName, assignments);
  }

  get userNames(): readonly string[] {
    return [...this.#assignments.keys()];
  }

  /** Ends all sign-ins, as an administrator does. */
  revokeSignIns(): void {
    this.#accessTokens.clear();
    this.#refreshTokens.end();
  }

  /** Forgets all registered clients, as if their time were over. */
  forgetClients(): void {
    this.#clients.clear();
  }

  /** Whether a renewal with this refresh token would be answered with tokens now. */
  honours(refreshToken: string): boolean {
    return this.#refreshTokens.honours(refreshToken);
  }

  /** Every client secret, code and token issued so far. */
  secrets(): readonly string[] {
    return this.#secrets;
  }

  /** RegisterClient. Throws SignInError. */
  register(asked: { readonly scopes: readonly string[]; readonly grantTypes: readonly string[]; readonly redirectUris: readonly string[] }): Registration {
    this.#checkRegion();
    if (asked.grantTypes.some((type) => !grantTypes.includes(type))) throw oidcError('unsupported_grant_type', 'Unknown grant type');
    if (!asked.redirectUris.every(isLoopback)) throw oidcError('invalid_redirect_uri', 'A redirect URI of a public client is on the loopback');
    const now = this.#clock();
    const client = {
      ...asked,
      clientId: randomBytes(16).toString('base64url'),
      clientSecret: this.#secret(150),
      issuedAt: now,
      expiresAt: now + this.lives.registration * 1000,
    };
    this.#clients.set(client.clientId, client);
    return client;
  }

  /** What the browser is asked to allow; throws SignInError where that is not to be asked. */
  authorizationRequest(query: ReadonlyMap<string, string>): AuthorizationRequest {
    const clientId = query.get('client_id') ?? '';
    const redirectUri = query.get('redirect_uri') ?? '';
    const client = this.#clients.get(clientId);
    if (client === undefined || client.expiresAt <= this.#clock()) throw oidcError('invalid_client', 'The client is not registered, or not any more');
    const known = isLoopback(redirectUri) && client.redirectUris.some((uri) => withoutPort(uri) === withoutPort(redirectUri));
    if (!known) throw oidcError('invalid_request', 'The redirect URI is not one of the client’s');
    const challenge = query.get('code_challenge') ?? '';
    if (query.get('response_type') !== 'code' || query.get('code_challenge_method') !== 'S256' || challenge.length !== 43) {
      throw oidcError('invalid_request', 'The sign-in needs response_type=code and a challenge of S256');
    }
    return { clientId, redirectUri, state: query.get('state') ?? '', challenge };
  }

  /** The code that the browser takes back to the client. */
  allow(request: AuthorizationRequest, userName: string): string {
    const code = this.#codes.issue({ ...request, userName: this.#known(userName) });
    this.#secrets.push(code);
    return code;
  }

  /** StartDeviceAuthorization. Throws SignInError. */
  startDevice(clientId: string, clientSecret: string): { readonly deviceCode: string; readonly userCode: string } {
    this.#checkRegion();
    this.#client(clientId, clientSecret);
    const deviceCode = this.#secret(32);
    const userCode = `${letters(4)}-${letters(4)}`;
    this.#devices.set(deviceCode, {
      clientId,
      userCode,
      expiresAt: this.#clock() + this.lives.deviceCode * 1000,
      answer: 'pending',
      askedAt: Number.NEGATIVE_INFINITY,
    });
    return { deviceCode, userCode };
  }

  /** A person's answer about a device's code: the user's name, or null to decline. Throws for a code that nobody waits with. */
  answerDevice(userCode: string, userName: string | null): void {
    const device = [...this.#devices.values()].find((candidate) => candidate.userCode === userCode && candidate.expiresAt > this.#clock());
    if (device === undefined) throw oidcError('invalid_request', 'No device waits with this code');
    device.answer = userName === null ? 'declined' : { userName: this.#known(userName) };
  }

  /** CreateToken, of all three grants. Throws SignInError. */
  createToken(asked: Readonly<Record<string, unknown>>): Tokens {
    const text = (name: string): string => (typeof asked[name] === 'string' ? asked[name] : '');
    const { clientId, scopes, grantTypes: allowed } = this.#client(text('clientId'), text('clientSecret'));
    const type = text('grantType');
    // A client that says none of them may use the device code alone.
    if (!(allowed.length === 0 ? [deviceGrant, 'refresh_token'] : allowed).includes(type)) throw oidcError('unauthorized_client', 'Not a grant of this client');
    const mayRefresh = scopes.includes('sso:account:access');
    if (type === 'refresh_token') return this.#byRefreshToken(clientId, text('refreshToken'), mayRefresh);
    const userName = this.#grantedTo(type, clientId, text);
    return this.#issue({ clientId, userName }, mayRefresh);
  }

  /** ListAccounts, a page of it; `from` is how many came before. Throws SignInError. */
  accounts(accessToken: string, from: number, most: number): { readonly page: readonly Assignment[]; readonly next: number | null } {
    return this.#page(this.#assigned(accessToken), from, most);
  }

  /** ListAccountRoles, a page of it. Throws SignInError. */
  roles(accessToken: string, accountId: string, from: number, most: number): { readonly page: readonly string[]; readonly next: number | null } {
    return this.#page(this.#assignment(accessToken, accountId).roleNames, from, most);
  }

  /** GetRoleCredentials. Throws SignInError. */
  roleCredentials(accessToken: string, accountId: string, roleName: string): RoleSession {
    const { userName } = this.#signedIn(accessToken);
    if (!this.#assignment(accessToken, accountId).roleNames.includes(roleName)) throw portalError('ForbiddenException', 403, 'No access');
    const key = `${accountId}/${roleName}`;
    const role = this.#roles.get(key) ?? reservedRole(roleName, accountId);
    this.#roles.set(key, role);
    const session = { role, roleSessionName: userName, assumedWith: 'sign-in', transitiveTags: new Map(), sessionPolicies: null } as const;
    return this.#store.issueRoleSession(session, this.lives.roleCredentials);
  }

  /** Logout: the sign-in that the token is of ends, with its refresh tokens. Throws SignInError. */
  signOut(accessToken: string): void {
    const { userName, clientId } = this.#signedIn(accessToken);
    const isOfSignIn = (token: Grant): boolean => token.userName === userName && token.clientId === clientId;
    for (const [text, token] of this.#accessTokens) if (isOfSignIn(token)) this.#accessTokens.delete(text);
    this.#refreshTokens.end(isOfSignIn);
  }

  #checkRegion(): void {
    if (this.elsewhere !== null) throw otherRegionError(this.elsewhere);
  }

  #grantedTo(type: string, clientId: string, text: (name: string) => string): string {
    switch (type) {
      case 'authorization_code':
        return this.#byCode(clientId, text('code'), text('redirectUri'), text('codeVerifier'));
      case deviceGrant:
        return this.#byDevice(clientId, text('deviceCode'));
      default:
        throw oidcError('unsupported_grant_type', 'Unknown grant type');
    }
  }

  #byCode(clientId: string, code: string, redirectUri: string, verifier: string): string {
    const granted = this.#codes.take(code);
    if (granted?.clientId !== clientId || granted.redirectUri !== redirectUri || !matchesChallenge(verifier, granted.challenge)) {
      throw oidcError('invalid_grant', 'Invalid grant provided');
    }
    return granted.userName;
  }

  /** A refresh token works once, but for the time of grace; the one that comes with the new access token takes its place. */
  #byRefreshToken(clientId: string, refreshToken: string, mayRefresh: boolean): Tokens {
    const isOwn = this.#refreshTokens.find(refreshToken)?.clientId === clientId;
    const tokens = isOwn ? this.#refreshTokens.use(refreshToken, ({ userName }) => this.#issue({ clientId, userName }, mayRefresh)) : null;
    if (tokens === null) throw oidcError('invalid_grant', 'Invalid refresh token provided');
    return tokens;
  }

  #byDevice(clientId: string, deviceCode: string): string {
    const device = this.#devices.get(deviceCode);
    if (device?.clientId !== clientId) throw oidcError('invalid_grant', 'Invalid device code provided');
    const now = this.#clock();
    if (device.expiresAt <= now) throw oidcError('expired_token', 'Device code expired');
    const tooSoon = now - device.askedAt < this.intervalSeconds * 1000;
    device.askedAt = now;
    if (device.answer === 'declined') throw oidcError('access_denied', 'Declined by the user');
    if (device.answer === 'pending') throw tooSoon ? oidcError('slow_down', 'Slow down') : oidcError('authorization_pending', 'Authorization pending');
    this.#devices.delete(deviceCode);
    return device.answer.userName;
  }

  #issue(grant: Grant, mayRefresh: boolean): Tokens {
    const now = this.#clock();
    const accessToken = this.#secret(180);
    this.#accessTokens.set(accessToken, { ...grant, endsAt: now + this.lives.accessToken * 1000 });
    const refreshToken = mayRefresh ? this.#secret(180) : null;
    if (refreshToken !== null) this.#refreshTokens.add(refreshToken, { ...grant, endsAt: now + this.lives.refreshToken * 1000 });
    return { accessToken, expiresIn: this.lives.accessToken, refreshToken };
  }

  #client(clientId: string, clientSecret: string): Client {
    const client = this.#clients.get(clientId);
    if (client?.clientSecret !== clientSecret) throw oidcError('invalid_client', 'Invalid client provided');
    if (client.expiresAt <= this.#clock()) throw oidcError('invalid_client', 'The registration has expired');
    return client;
  }

  #signedIn(accessToken: string): Token {
    const token = this.#accessTokens.get(accessToken);
    if (token === undefined || token.endsAt <= this.#clock()) throw portalError('UnauthorizedException', 401, 'Session token not found or invalid');
    return token;
  }

  #assigned(accessToken: string): readonly Assignment[] {
    return this.#assignments.get(this.#signedIn(accessToken).userName) ?? [];
  }

  #assignment(accessToken: string, accountId: string): Assignment {
    const found = this.#assigned(accessToken).find((assignment) => assignment.accountId === accountId);
    if (found === undefined) throw portalError('ForbiddenException', 403, 'No access');
    return found;
  }

  #page<Entry>(all: readonly Entry[], from: number, most: number): { readonly page: readonly Entry[]; readonly next: number | null } {
    if (!Number.isInteger(from) || !(most >= 1 && most <= 100)) throw portalError('InvalidRequestException', 400, 'A page has between 1 and 100 entries');
    const end = from + Math.min(most, this.pageSize);
    return { page: all.slice(from, end), next: end < all.length ? end : null };
  }

  #known(userName: string): string {
    if (!this.#assignments.has(userName)) throw oidcError('invalid_request', 'There is no such user');
    return userName;
  }

  #secret(bytes: number): string {
    const secret = randomBytes(bytes).toString('base64url');
    this.#secrets.push(secret);
    return secret;
  }
}

/** Letters that nobody confuses, as in the codes that are compared. */
function letters(count: number): string {
  return Array.from({ length: count }, () => 'BCDFGHJKLMNPQRSTVWXZ'.charAt(randomInt(20))).join('');
}
