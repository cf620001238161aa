import { homeRegion } from '../../core/aws-names/arn.ts';

/** The region to call, found as the AWS CLI finds it. `arn`: of what the call is about. */
export function configuredRegion({ region, arn }: { readonly region: string | null; readonly arn?: string | null }): string {
  return process.env['AWS_REGION'] || process.env['AWS_DEFAULT_REGION'] || region || homeRegion(arn ?? null);
}
