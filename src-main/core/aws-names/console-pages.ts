/** `console` shows pages, `signIn` has the federation endpoint. */
type ConsoleHosts = { readonly console: string; readonly signIn: string };

/**
 * The partitions whose consoles are documented in public. Sources: the IAM User Guide ("Enable custom
 * identity broker access to the AWS console"), the AWS GovCloud (US) User Guide (IAM), for AWS China
 * published sample code that asks `signin.amazonaws.cn/federation`, and the AWS SDK's endpoint rules
 * for the service `signin`. The European Sovereign Cloud has a sign-in host only in its one region. The
 * isolated partitions (`aws-iso` and the like) publish nothing.
 */
const hosts: ReadonlyMap<string, ConsoleHosts> = new Map([
  ['aws', { console: 'console.aws.amazon.com', signIn: 'signin.aws.amazon.com' }],
  ['aws-cn', { console: 'console.amazonaws.cn', signIn: 'signin.amazonaws.cn' }],
  ['aws-us-gov', { console: 'console.amazonaws-us-gov.com', signIn: 'signin.amazonaws-us-gov.com' }],
  ['aws-eusc', { console: 'console.amazonaws-eusc.eu', signIn: 'eusc-de-east-1.signin.amazonaws-eusc.eu' }],
]);

/** Null for a partition whose console the app does not know, and for none (`partitionOf`); so are the pages below. */
export function consoleHost(partition: string | null): string | null {
  return hosts.get(partition ?? '')?.console ?? null;
}

/** Where `/federation` makes a session of the console out of a role session; null like the console's. */
export function signInHost(partition: string | null): string | null {
  return hosts.get(partition ?? '')?.signIn ?? null;
}

export type IamPrincipal = {
  readonly partition: string | null;
  readonly kind: 'user' | 'role';
  /** Without its path, which the console leaves out. */
  readonly name: string;
};

/** The permissions of a user or role, inline policies among them. IAM is global, so no region is named. */
export function iamPrincipalPage({ partition, kind, name }: IamPrincipal): string | null {
  return page(partition, `/iam/home#/${kind}s/details/${encodeURIComponent(name)}?section=permissions`);
}

export type TrailEvent = {
  readonly partition: string | null;
  /** Whose event history has it. */
  readonly region: string;
  /** The UUID that CloudTrail gave it. */
  readonly eventId: string;
};

/** One event in CloudTrail's event history, which keeps it for 90 days. */
export function cloudTrailEventPage({ partition, region, eventId }: TrailEvent): string | null {
  return page(partition, `/cloudtrailv2/home?${inRegion(region)}#/events/${encodeURIComponent(eventId)}`);
}

export type ConsolePlace = {
  readonly partition: string | null;
  readonly region: string;
  /** As the console's own addresses name it, such as `s3` and `ec2`; null for the console's home. */
  readonly service: string | null;
};

/** The page to land on after the sign-in. Whatever `service` holds, it stays on the console's host. */
export function consoleDestination({ partition, region, service }: ConsolePlace): string | null {
  return page(partition, `/${encodeURIComponent(service ?? 'console')}/home?${inRegion(region)}`);
}

function page(partition: string | null, path: string): string | null {
  const host = consoleHost(partition);
  return host === null ? null : `https://${host}${path}`;
}

function inRegion(region: string): string {
  return `region=${encodeURIComponent(region)}`;
}
