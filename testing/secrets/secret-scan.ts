/** A text that has the form of a secret. `kind` says whose; the secret itself is not repeated. */
export type Suspect = { readonly kind: string; readonly line: number };

/** Forms that their makers document, or that their tools look for. */
const forms: readonly { readonly kind: string; readonly form: RegExp }[] = [
  { kind: 'AWS access key ID', form: /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z0-9])/g },
  {
    kind: 'AWS secret access key',
    form: /(?<![A-Za-z0-9/+=])(?=[A-Za-z0-9/+]*[a-z])(?=[A-Za-z0-9/+]*[A-Z])(?=[A-Za-z0-9/+]*[0-9])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/g,
  },
  { kind: 'AWS session token', form: /(?:IQoJ|FwoG)[A-Za-z0-9/+=]{96,}/g },
  { kind: 'private key', form: /-----BEGIN [A-Z ]*PRIVATE KEY-----\s*[A-Za-z0-9+/=]{32}/g },
  { kind: 'GitHub token', form: /(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{60,})/g },
  { kind: 'GitLab token', form: /glpat-[A-Za-z0-9_-]{20,}/g },
  { kind: 'npm token', form: /npm_[A-Za-z0-9]{36}/g },
  { kind: 'Slack token', form: /xox[abeoprs]-[A-Za-z0-9-]{10,}|hooks\.slack\.com\/services\/T[A-Z0-9]+/g },
  { kind: 'Google API key', form: /AIza[A-Za-z0-9_-]{35}/g },
  { kind: 'Stripe key', form: /[rs]k_live_[A-Za-z0-9]{16,}/g },
];

/** What looks like a secret in a text, and is not plainly invented. */
export function suspectsIn(text: string): Suspect[] {
  return forms.flatMap(({ kind, form }) =>
    [...text.matchAll(form)].filter(([found]) => !isInvented(found)).map(({ index }) => ({ kind, line: text.slice(0, index).split('\n').length })),
  );
}

/** AWS marks its own examples so; one letter again and again is nobody's. */
function isInvented(found: string): boolean {
  return /EXAMPLE(?:KEY)?$/.test(found) || /^(?:AKIA|ASIA)(.)\1+$/.test(found);
}
