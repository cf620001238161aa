/** Who may be chosen on a page, by the name that the service knows. */
export type Choice = { readonly value: string; readonly name: string };

/**
 * The page on which a person allows a sign-in, or declines. It stands in for AWS's own pages, which also ask for a
 * password. `question` says what is asked for, and `code` is what the person compares, where there is one.
 */
export function signInPage({
  question,
  code,
  choices,
}: {
  readonly question: string;
  readonly code: string | null;
  readonly choices: readonly Choice[];
}): string {
  const options = choices.map(({ value, name }) => `<option value="${escaped(value)}">${escaped(name)}</option>`).join('');
  const compare = code === null ? '' : `<p>Code: <strong>${escaped(code)}</strong></p>`;
  return page(
    'Sign in',
    `<h1>${escaped(question)}</h1>${compare}<form method="post"><label>User <select name="user">${options}</select></label> <button name="answer" value="allow">Allow</button> <button name="answer" value="deny">Deny</button></form>`,
  );
}

export function endPage(text: string): string {
  return page(text, `<h1>${escaped(text)}</h1>`);
}

/** The page that has a code for the person to carry to another computer. */
export function codePage(code: string): string {
  return page('Authorization code', `<h1>Authorization code</h1><p><code id="code">${escaped(code)}</code></p>`);
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escaped(title)}</title><body>${body}</body></html>`;
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
