/** The DNS suffixes of all partitions, dual-stack ones among them, as the endpoint rules of the AWS SDKs have them. */
const suffixes: readonly string[] = [
  'amazonaws.com',
  'api.aws',
  'amazonaws.com.cn',
  'api.amazonwebservices.com.cn',
  'amazonaws.eu',
  'api.amazonwebservices.eu',
  'c2s.ic.gov',
  'api.aws.ic.gov',
  'sc2s.sgov.gov',
  'api.aws.scloud',
  'cloud.adc-e.uk',
  'api.cloud-aws.adc-e.uk',
  'csp.hci.ic.gov',
  'api.aws.hci.ic.gov',
];

/** Whether AWS gives out names like this host's; `URL` has it in lower case. */
export function isAwsHost(hostname: string): boolean {
  return suffixes.some((suffix) => hostname.endsWith(`.${suffix}`));
}
