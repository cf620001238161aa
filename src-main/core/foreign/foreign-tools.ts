/** How the tools that people use as `credential_process` sign in when somebody is there to answer. */
const signIns: ReadonlyMap<string, string> = new Map([
  ['saml2aws', 'saml2aws login'],
  ['gimme-aws-creds', 'gimme-aws-creds'],
  ['aws-azure-login', 'aws-azure-login'],
  ['okta-aws-cli', 'okta-aws-cli web'],
  ['op', 'op signin'],
  ['aws', 'aws sso login'],
]);

/** What a tool is run as in a terminal to sign in; of an unknown one only its name, since its arguments may hold a secret. */
export function signInWith(program: string): string {
  return signIns.get(program.replace(/\.(exe|cmd)$/i, '')) ?? program;
}

/**
 * Whether the last line that a program wrote before it failed says that it wanted to ask on a terminal: what the
 * system says of `/dev/tty` and of an empty standard input, in the words of Go, Python, Node and shells.
 */
export function wantsTerminal(line: string): boolean {
  return /\/dev\/tty|\b(not a|no|without a) (tty|terminal)\b|inappropriate ioctl|\bEOF(Error)?\b|end of file|no input|stdin|interactive|(password|passphrase|passcode|username|token|code|pin)\s*:\s*$/i.test(
    line,
  );
}
