/** Where a browser was sent, and what the page there answered. */
export type Landed = { readonly url: URL; readonly status: number; readonly page: string };

type Answer = { readonly user: string; readonly answer: 'allow' | 'deny' };

/**
 * A person with a browser, without the browser: opens the address of a sign-in, answers the form on its page, and
 * goes where that leads, on the loopback of the client too.
 */
export async function answerPage(address: string, { user, answer }: Answer): Promise<Landed> {
  const form = await fetch(address);
  if (!form.ok) return { url: new URL(address), status: form.status, page: await form.text() };
  const answered = await fetch(address, { method: 'POST', body: new URLSearchParams({ user, answer }), redirect: 'manual' });
  const location = answered.headers.get('location');
  if (location === null) return { url: new URL(address), status: answered.status, page: await answered.text() };
  return { url: new URL(location), status: answered.status, page: '' };
}
