/** Why an address is no proxy that can be kept; null for one that can, and for none. A password would be in a file in clear. */
export function proxyComplaint(address: string): 'address' | 'password' | null {
  if (address === '') return null;
  if (!/^https?:\/\/[^/?#]+\/?$/i.test(address) || !URL.canParse(address)) return 'address';
  const { username, password } = new URL(address);
  return username === '' && password === '' ? null : 'password';
}
