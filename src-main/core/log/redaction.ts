declare const redactedMark: unique symbol;
declare const versionMark: unique symbol;

/** A text from outside that `redacted` has gone over. */
export type Redacted = string & { readonly [redactedMark]: true };

/** Numbers with dots between them, and perhaps `-beta.1`; `unknown` for anything else. */
export type Version = string & { readonly [versionMark]: true };

/** Who is left out of a text: the user's own folder, and the name in the folders of other disks. */
export type Person = { readonly home: string; readonly user: string };

/** The forms that AWS gives to what is secret, or that looks like it. Each is replaced by its name. */
const forms: readonly { readonly form: RegExp; readonly name: string }[] = [
  // IAM User Guide, "Understanding unique ID prefixes".
  { form: /(?<![A-Za-z0-9])(?:A3T[A-Z0-9]|ABIA|ACCA|AGPA|AIDA|AIPA|AKIA|ANPA|ANVA|APKA|AROA|ASCA|ASIA)[A-Z0-9]{12,}/g, name: '[access key ID]' },
  // Session tokens, secrets, and whatever else is long and without a pause.
  { form: /[A-Za-z0-9+/=_-]{32,}/g, name: '[secret]' },
];

/** A text without anything that has the form of an access key ID, a secret or a session token. */
export function withoutSecrets(text: string): string {
  return forms.reduce((rest, { form, name }) => rest.replace(form, name), text);
}

/** A text without what could be an MFA code. */
export function withoutCodes(text: string): string {
  return text.replaceAll(/(?<!\d)\d{6}(?!\d)/g, '[six digits]').replaceAll(/(?<!\d)\d{3} \d{3}(?!\d)/g, '[six digits]');
}

/**
 * A text from outside, on one line, as it may stand in a log: also without account IDs, those in ARNs among them,
 * without what could be an MFA code, and without the user's name.
 */
export function redacted(text: string, person: Person): Redacted {
  const shown = withoutPerson(text.replaceAll(/[\p{C}\p{Z}]+/gu, ' '), person);
  return withoutCodes(withoutSecrets(shown).replaceAll(/(?<!\d)\d{12}(?!\d)/g, '[account ID]')).slice(0, redactedMax) as Redacted;
}

const redactedMax = 300;

/** The home folder as `~`, and the name of the user wherever a folder has it. */
export function withoutPerson(text: string, { home, user }: Person): string {
  const fromHome = home.length > 1 ? text.replaceAll(home, '~') : text;
  return user === ''
    ? fromHome
    : fromHome
        .split(/(?<=[/\\])|(?=[/\\])/)
        .map((part) => (part === user ? '…' : part))
        .join('');
}

export function versionOf(text: string): Version {
  const [found] = /^\d{1,5}(?!\d)(?:\.\d{1,5}){0,3}(?:-(?:alpha|beta|rc)\.?\d{0,3})?/.exec(text) ?? [];
  return (found ?? 'unknown') as Version;
}
