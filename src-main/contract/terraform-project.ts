import { z } from 'zod';

// What a Terraform project says about the accounts that it reaches, as far as its files and the
// variables of a run show. It is read where Terraform runs, and only this reading goes to the app: the
// values of variables stay in the process that was given them.

const known = <T extends z.ZodType>(value: T) =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('known'), value }),
    /** Not known before Terraform runs; `expression` is what the file says. */
    z.strictObject({ kind: z.literal('unknown'), expression: z.string().max(2_048) }),
  ]);

const KnownText = known(z.string().max(2_048));
export type KnownText = z.infer<typeof KnownText>;

const AccountIds = known(z.array(z.string().max(64)).max(2_000));
export type AccountIds = z.infer<typeof AccountIds>;

/** A line of a file, as a path from the project's folder; `line` counts from 1. */
const Place = z.strictObject({ file: z.string().max(4_096), line: z.number().int().min(1).nullable() });
export type Place = z.infer<typeof Place>;

/** An `assume_role` of a provider or of the `s3` backend. What it leaves out is null. */
const AssumedRole = z.strictObject({
  roleArn: KnownText,
  externalId: KnownText.nullable(),
  sessionName: KnownText.nullable(),
});
export type ProjectRole = z.infer<typeof AssumedRole>;

/** How a provider, or the backend, gets its credentials. */
const credentialArguments = {
  region: KnownText.nullable(),
  profile: KnownText.nullable(),
  /** In the order in which they are assumed, each from the one before. */
  assumeRoles: z.array(AssumedRole).max(20),
  /** The names, never the values, of arguments that bring credentials other than those of the run, such as `access_key`. */
  ownCredentials: z.array(z.string().max(64)).max(20),
};

/** Something in a file that is not modelled, such as `endpoints.sts`; without a place, a variable of the environment. */
const Doubt = z.strictObject({ what: z.string().max(256), place: Place.nullable() });
export type Doubt = z.infer<typeof Doubt>;

/** A configuration of the provider `aws`, or of another one that uses the same credentials, such as `awscc`. */
const ProviderConfiguration = z.strictObject({
  /** As resources name it: `aws`, `aws.logs`; inside a module, `module.network.aws`; without a name, `provider["registry.terraform.io/hashicorp/aws"]`. */
  address: z.string().max(2_048),
  /** Null for the configuration that Terraform makes up when resources use a provider that no block configures. */
  place: Place.nullable(),
  ...credentialArguments,
  allowedAccountIds: AccountIds.nullable(),
  forbiddenAccountIds: AccountIds.nullable(),
  /** What in its block, or in the environment, may lead elsewhere; with any, it is not known where the provider leads. */
  doubts: z.array(Doubt).max(20),
  /** The source of a provider that is not HashiCorp's own but may take the same credentials; null for HashiCorp's. */
  foreignSource: z.string().max(256).nullable(),
  /**
   * `files`: something in the files uses it. `state`: only what the state holds does. `perhaps`: nothing
   * in the files does, and the state cannot be seen. `nothing`: Terraform does not configure it, but it may name accounts.
   */
  use: z.enum(['files', 'state', 'perhaps', 'nothing']),
});
export type ProviderConfiguration = z.infer<typeof ProviderConfiguration>;

/** A condition whose outcome depends on the accounts that providers reach, evaluated for each account that they may reach. */
const AccountStatement = z.strictObject({
  /** A `check` only warns; the others stop a run. A `local` is a value that Terraform refuses to work out for an account. */
  by: z.enum(['check', 'precondition', 'postcondition', 'validation', 'local']),
  /** The block that it stands in, such as `check.account` or `aws_s3_bucket.logs`. */
  name: z.string().max(2_048),
  /** What the file says. */
  expression: z.string().max(2_048),
  /** The addresses of the providers on whose accounts it depends. */
  providers: z.array(z.string().max(2_048)).min(1).max(2_000),
  /** A row for each combination of accounts, in the order of `providers`; null is any account without a row of its own. What has no row is unknown. */
  outcomes: z.array(z.strictObject({ accounts: z.array(z.string().max(64).nullable()), outcome: z.enum(['holds', 'fails', 'unknown']) })).max(10_000),
  place: Place.nullable(),
});
export type AccountStatement = z.infer<typeof AccountStatement>;

/** A module that could not be read, so that nothing is known of its providers. */
const UnreadModule = z.strictObject({
  /** The path of its calls from the root module, such as `network.vpc`. */
  path: z.string().max(2_048),
  /** `circle`: it calls itself. `broken`: its files cannot be read. */
  reason: z.enum(['not-installed', 'too-deep', 'circle', 'too-many', 'broken']),
});
export type UnreadModule = z.infer<typeof UnreadModule>;

export const ProjectReading = z.strictObject({
  /** The root module's folder, as a full path. */
  folder: z.string().min(1).max(4_096),
  workspace: z.string().max(256),
  /** They are told apart by their addresses everywhere, so no two have the same one. */
  providers: z
    .array(ProviderConfiguration)
    .max(2_000)
    .refine((all) => new Set(all.map(({ address }) => address)).size === all.length),
  statements: z.array(AccountStatement).max(10_000),
  /** How the `s3` backend gets its credentials; null for another backend, or none. */
  backend: z.strictObject({ place: Place, ...credentialArguments }).nullable(),
  /** The ARNs of the roles with which states of other projects are read, as far as they are known. */
  stateRoles: z.array(z.string().max(2_048)).max(500),
  /** The profiles with which states of other projects are read, as far as they are known. Left out where there are none. */
  stateProfiles: z.array(z.string().max(2_048)).max(500).optional(),
  /** The block by which runs are carried out elsewhere, with other credentials and variables; null where they are not. */
  runsElsewhere: z.strictObject({ by: z.enum(['cloud', 'remote']), place: Place }).nullable(),
  unreadModules: z.array(UnreadModule).max(500),
  /**
   * What cannot go through the relay: a token for an EKS cluster, which is an address of STS that is signed, and called
   * by the cluster alone; or a provider with dual-stack endpoints, which takes no other endpoint beside them. Null where nothing is.
   */
  pastRelay: z.strictObject({ what: z.enum(['eks-token', 'dual-stack']), place: Place }).nullable(),
  /** Set where tests answer in the place of AWS, by mocked providers or overrides: what they say for it may be anything. */
  hasMocks: z.literal(true).optional(),
});
export type ProjectReading = z.infer<typeof ProjectReading>;
