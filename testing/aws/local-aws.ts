import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Call } from './wire/call-record.ts';
import { CloudTrail } from './trail/cloud-trail.ts';
import { CredentialStore } from './identities/credentials.ts';
import { rootOf, seed, type Account, type UserWithDevice } from './identities/directory.ts';
import { Faults } from './faults/faults.ts';
import { Federation, type SignIn } from './services/federation.ts';
import { createJsonServices } from './dispatch.ts';
import { createGate } from './gate.ts';
import { IdentityProvider } from './identities/identity-provider.ts';
import { denyActions, withholdActions } from './identities/limits.ts';
import type { MfaDevice } from './identities/mfa-device.ts';
import { startMoto } from './services/moto.ts';
import { Buckets } from './s3/bucket.ts';
import { AwsLogin } from './sign-in/aws-login.ts';
import { IdentityCenter, type Assignment } from './sign-in/identity-center.ts';

export type LocalAwsOptions = {
  /** The TCP port on 127.0.0.1; 0, the default, takes a free one. */
  readonly port?: number;
  /** Who answers what the local AWS itself does not: by default nobody. moto takes a second to start. */
  readonly moto?: 'when-installed';
  /** PEM. With a certificate the same AWS also listens for TLS, on another port. */
  readonly certificate?: { readonly key: string; readonly cert: string };
  /** How many days ago alice's access key was created; by default it is new. */
  readonly accessKeyAgeDays?: number;
  /** ARNs of roles that are there beside the usual ones, or in their place, and that trust every account. */
  readonly openRoles?: readonly string[];
};

/** An account with a role `deploy` that trusts account A; it may last up to 12 hours. */
export type RoleAccount = Account & { readonly deployRoleArn: string };

/** Account B also has a role `partner`, for A with the right external ID and for an hour at most. */
export type PartnerAccount = RoleAccount & { readonly partnerRoleArn: string; readonly partnerExternalId: string };

/** Account C also has a role `audit`, which trusts only B: the end of a chain through B. */
export type AuditedAccount = RoleAccount & { readonly auditRoleArn: string };

/** Account A has a role `partner`, which asks for an external ID, and `foreign`, which does not trust A. */
export type OwnAccount = Account & { readonly partnerRoleArn: string; readonly foreignRoleArn: string };

/** A user with AdministratorAccess, an access key and a virtual MFA device. */
export type LocalUser = {
  readonly userName: string;
  readonly accountId: string;
  readonly arn: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly mfaSerial: string;
  /** The `otpauth://` URI of the MFA device. */
  readonly totpUri: string;
  /** The code that the MFA device shows at a time in epoch milliseconds, by default AWS's now. */
  readonly totpCode: (at?: number) => string;
  /** A code that works: of the current, next or previous 30 s step. Waits when all have been used. */
  readonly nextTotpCode: () => Promise<string>;
  /** What ListMFADevices lists and GetSessionToken accepts: change it as the test needs. */
  readonly mfaDevices: MfaDevice[];
  /** Denies actions (`iam:ListMFADevices`) through an inline policy; without any, allows all again. */
  readonly deny: (...actions: readonly string[]) => void;
  /** Lets no policy allow actions (`iam:CreateAccessKey`, `iam:*`); without any, allows all again. */
  readonly withhold: (...actions: readonly string[]) => void;
};

/** The AWS of the demo and of the end-to-end tests. */
export type LocalAws = {
  /** For `AWS_ENDPOINT_URL`. */
  readonly endpoint: string;
  /** The port on 127.0.0.1 that speaks TLS; null without a certificate. */
  readonly securePort: number | null;
  readonly region: 'us-east-1';
  /** A: alice's account. B: the one to deploy to. C: the wrong one. */
  readonly accounts: { readonly a: OwnAccount; readonly b: PartnerAccount; readonly c: AuditedAccount };
  readonly alice: LocalUser;
  /** The user of account B, and that of C. */
  readonly bob: LocalUser;
  readonly carol: LocalUser;
  /** Every call so far, in the order of the answers. */
  readonly calls: readonly Call[];
  readonly faults: Faults;
  /** Hears of each call when it has taken effect, and before it is answered. */
  onCall: (call: Call) => void;
  /** How many seconds sessions issued from now on live, whatever was asked for; null grants what was asked for. */
  sessionLifetimeOverrideSeconds: number | null;
  /** Whether moto answers for other services. */
  readonly moto: boolean;
  /** `alice.nextTotpCode`. */
  readonly nextTotpCode: () => Promise<string>;
  /** Lets codes work a second time, which AWS never does: for tests that start many sessions. */
  readonly forgetUsedCodes: () => void;
  /** `alice.deny` and `alice.withhold` for the sessions of a role, by its ARN. */
  readonly denyRole: (roleArn: string, ...actions: readonly string[]) => void;
  readonly withholdFromRole: (roleArn: string, ...actions: readonly string[]) => void;
  /** Makes an access key look as if it had been created that many days ago. */
  readonly ageAccessKey: (accessKeyId: string, days: number) => void;
  /** Seconds until LookupEvents finds a call, 0 at first; in AWS up to some 15 minutes. */
  cloudTrailDelaySeconds: number;
  /** Its users, and what they may do. A user `sato` has all three accounts. */
  readonly identityCenter: IdentityCenter;
  /** For `sso_start_url`. */
  readonly startUrl: string;
  /** AWS Sign-In for alice, bob, carol and the root user of account A. */
  readonly awsLogin: AwsLogin;
  /** Consoles that were opened with a sign-in token. */
  readonly signIns: readonly SignIn[];
  /** Every sign-in token issued so far, used or not. */
  readonly signinTokens: () => readonly string[];
  /** A token of the identity provider that the roles `deploy` trust, signed with its key. */
  readonly webIdentityToken: (sub: string, claims?: { readonly seconds?: number; readonly aud?: string }) => string;
  /** Ends every session now; its holder still believes the `Expiration` that it was given. */
  readonly expireSessions: () => void;
  /** Every secret access key, session token and token of a sign-in issued so far, and the TOTP secrets. */
  readonly secrets: () => readonly string[];
  readonly close: () => Promise<void>;
};

/** Starts a local AWS on 127.0.0.1, with secrets of its own; `close()` ends it and its moto. */
export async function startLocalAws(options: LocalAwsOptions = {}): Promise<LocalAws> {
  const { port = 0, moto, certificate, accessKeyAgeDays = 0, openRoles = [] } = options;
  const faults = new Faults();
  const clock = () => Date.now() + faults.clockOffsetSeconds * 1000;
  const { directory, a, b, c, alice, bob, carol, deployInB, deployInC, partnerInB, auditInC, partnerInA, foreignInA } = seed(clock, openRoles);
  const store = new CredentialStore(clock);
  const users = { alice: localUser(store, alice), bob: localUser(store, bob), carol: localUser(store, carol) };
  const ageAccessKey = (id: string, days: number) => store.updateAccessKey(id, { createdAt: clock() - days * 86_400_000 });
  if (accessKeyAgeDays > 0) ageAccessKey(users.alice.accessKeyId, accessKeyAgeDays);
  const trail = new CloudTrail(clock);
  const federation = new Federation(store, clock);
  const identityProvider = new IdentityProvider(clock);
  const roleOf = (arn: string) => {
    const role = directory.roles.find((candidate) => candidate.arn === arn);
    if (role === undefined) throw new Error(`No such role: ${arn}`);
    return role;
  };
  const identityCenter = new IdentityCenter(store, clock);
  identityCenter.assign('sato', [
    assigned(a, 'dev', ['AdministratorAccess', 'ReadOnlyAccess']),
    assigned(b, 'stg', ['AdministratorAccess']),
    assigned(c, 'prod', ['ReadOnlyAccess']),
  ]);
  const awsLogin = new AwsLogin(store, clock, [alice.user, bob.user, carol.user, rootOf(a, clock)]);
  const calls: Call[] = [];

  const backend = moto === undefined ? null : await startMoto();
  let onCall: LocalAws['onCall'] = () => {};
  const record = (call: Call) => {
    calls.push(call);
    onCall(call);
  };
  const gate = createGate({
    ...{ directory, store, faults, trail, federation, identityCenter, awsLogin, identityProvider, clock, record },
    buckets: new Buckets(),
    jsonServices: createJsonServices(),
    motoPort: backend?.port ?? null,
  });
  const server = createServer(gate);
  const secureServer = certificate === undefined ? null : createSecureServer(certificate, gate);
  try {
    await Promise.all([listen(server, port), secureServer && listen(secureServer, 0)]);
  } catch (error) {
    await backend?.close();
    throw error;
  }

  return {
    endpoint: `http://127.0.0.1:${portOf(server.address())}`,
    securePort: secureServer && portOf(secureServer.address()),
    region: 'us-east-1',
    accounts: {
      a: { ...a, partnerRoleArn: partnerInA.arn, foreignRoleArn: foreignInA.arn },
      b: {
        ...b,
        deployRoleArn: deployInB.arn,
        partnerRoleArn: partnerInB.arn,
        partnerExternalId: partnerInB.externalId ?? '',
      },
      c: { ...c, deployRoleArn: deployInC.arn, auditRoleArn: auditInC.arn },
    },
    ...users,
    calls,
    faults,
    get onCall() {
      return onCall;
    },
    set onCall(hear) {
      onCall = hear;
    },
    get sessionLifetimeOverrideSeconds() {
      return store.sessionLifetimeOverrideSeconds;
    },
    set sessionLifetimeOverrideSeconds(seconds) {
      store.sessionLifetimeOverrideSeconds = seconds;
    },
    moto: backend !== null,
    nextTotpCode: users.alice.nextTotpCode,
    forgetUsedCodes: () => {
      for (const { device } of [alice, bob, carol]) device.forgetUsedCodes();
    },
    denyRole: (arn, ...actions) => denyActions(roleOf(arn), actions),
    withholdFromRole: (arn, ...actions) => withholdActions(roleOf(arn), actions),
    ageAccessKey,
    get cloudTrailDelaySeconds() {
      return trail.delaySeconds;
    },
    set cloudTrailDelaySeconds(seconds) {
      trail.delaySeconds = seconds;
    },
    identityCenter,
    startUrl: `http://127.0.0.1:${portOf(server.address())}/start`,
    awsLogin,
    webIdentityToken: (sub, claims) => identityProvider.token(sub, claims),
    signIns: federation.signIns,
    signinTokens: () => federation.tokens,
    expireSessions: () => store.expireSessions(),
    secrets: () => {
      const ofSignIns = [...identityCenter.secrets(), ...awsLogin.secrets(), ...identityProvider.tokens];
      return [...store.secrets(), ...ofSignIns, ...[alice, bob, carol].map(({ device }) => device.secret)];
    },
    close: async () => {
      await Promise.all([close(server), secureServer && close(secureServer), backend?.close()]);
    },
  };
}

function assigned({ accountId }: Account, accountName: string, roleNames: readonly string[]): Assignment {
  return { accountId, accountName, emailAddress: `${accountName}@example.com`, roleNames };
}

function localUser(store: CredentialStore, { user, device }: UserWithDevice): LocalUser {
  const { accessKeyId, secretAccessKey } = store.issueAccessKey(user);
  return {
    userName: user.userName,
    accountId: user.accountId,
    arn: user.arn,
    accessKeyId,
    secretAccessKey,
    mfaSerial: device.serialNumber,
    totpUri: device.uri,
    totpCode: (at) => device.code(at),
    nextTotpCode: () => device.nextCode(),
    mfaDevices: user.mfaDevices,
    deny: (...actions) => denyActions(user, actions),
    withhold: (...actions) => withholdActions(user, actions),
  };
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The server has no TCP address');
  return address.port;
}
