/**
 * Where tools that write temporary keys into the AWS files say when those end: saml2aws and okta-aws-cli,
 * aws-azure-login, aws-mfa, and others. AWS's own tools do not look at any of them.
 */
export const endSettings = ['x_security_token_expires', 'aws_expiration', 'aws_session_expiration', 'aws_credential_expiration', 'expiration'] as const;

/** When temporary keys end by their entry, in epoch milliseconds; null where it says nothing that can be read. A time without a zone is UTC, as aws-mfa writes it. */
export function keyEnd(values: Readonly<Record<string, string | undefined>>): number | null {
  const ends = endSettings.flatMap((name) => {
    const text = values[name]?.trim() ?? '';
    const [, date, time, zone] = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:\.\d+)?) ?(Z|UTC|[+-]\d\d:?\d\d)?$/i.exec(text) ?? [];
    if (date === undefined || time === undefined) return [];
    const end = Date.parse(`${date}T${time}${zone === undefined || zone.toUpperCase() === 'UTC' ? 'Z' : zone}`);
    return Number.isNaN(end) ? [] : [end];
  });
  return ends.length === 0 ? null : Math.min(...ends);
}
