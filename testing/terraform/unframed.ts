/** What Terraform said, in one line: it breaks its sentences into lines with frames around them. */
export function unframed(text: string): string {
  return text.replaceAll(/[│╷╵]/g, '').replaceAll(/\s+/g, ' ');
}
