/**
 * Whether a program configures a provider when it asks who it is: what it does next, it does in that
 * account. Every provider of Terraform counts that says that it is one: some take roles as AWS's own does. A person
 * at the AWS CLI, a script or the `s3` backend asks the same, and only wants to know.
 */
export function isDeployer(userAgent: string): boolean {
  return /\bterraform-provider-|\bpulumi/i.test(userAgent);
}

/** Whether it is Terraform or OpenTofu itself, which keeps and reads states with roles of their own. */
export function isForState(userAgent: string): boolean {
  return !isDeployer(userAgent) && /\b(?:Terraform|OpenTofu(?:-S3-Backend)?)\//.test(userAgent);
}

/** In milliseconds. Measured: Terraform's provider has no limit, botocore and the AWS CLI ask again after 60 s. */
const [providerEndures, othersEndure] = [100_000, 50_000] as const;

/** How long a call can be kept waiting for a person's answer, in milliseconds, before its program gives up. */
export function enduresMs(userAgent: string): number {
  return /\bTerraform\/|\bterraform-provider-/i.test(userAgent) ? providerEndures : othersEndure;
}
