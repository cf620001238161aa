import { late } from '../../core/calls/late.ts';

// No start of the app asks AWS for anything: its requests, and the clients that they are made with, are loaded with the first one.

export const accessKeyDate = late(async () => (await import('./access-keys.ts')).accessKeyDate);
export const accessKeys = late(async () => (await import('./access-keys.ts')).accessKeys);
export const createAccessKey = late(async () => (await import('./access-keys.ts')).createAccessKey);
export const deactivateAccessKey = late(async () => (await import('./access-keys.ts')).deactivateAccessKey);
export const deleteAccessKey = late(async () => (await import('./access-keys.ts')).deleteAccessKey);

export const activityPage = late(async () => (await import('./activity.ts')).activityPage);

export const consoleSignIn = late(async () => (await import('./console-sign-in.ts')).consoleSignIn);

export const accountAlias = late(async () => (await import('./identity.ts')).accountAlias);
export const callerIdentity = late(async () => (await import('./identity.ts')).callerIdentity);
export const mfaSerials = late(async () => (await import('./identity.ts')).mfaSerials);

export const machineCredentials = late(async () => (await import('./machine-credentials.ts')).machineCredentials);

export const reachedAccount = late(async () => (await import('./reached-account.ts')).reachedAccount);

export const callerAt = late(async () => (await import('./revocation.ts')).callerAt);
export const deletePolicy = late(async () => (await import('./revocation.ts')).deletePolicy);
export const putPolicy = late(async () => (await import('./revocation.ts')).putPolicy);
export const roleSecondsMax = late(async () => (await import('./revocation.ts')).roleSecondsMax);

export const assumeRole = late(async () => (await import('./role-session.ts')).assumeRole);

export const sessionToken = late(async () => (await import('./session-token.ts')).sessionToken);

export const webIdentitySession = late(async () => (await import('./web-identity-session.ts')).webIdentitySession);

export const wayToSts = late(async () => (await import('../client/way-to-aws.ts')).wayToSts);
