/** The twelve digits of an account in groups of four, as the AWS console shows them; another text as it is. */
export function groupedId(accountId: string): string {
  return accountId.replace(/^(\d{4})(\d{4})(\d{4})$/, '$1-$2-$3');
}
