/** The names by which the AWS files, `aws configure`, exports and AWS's own answers call a part of a key. */
const keyName = /(?:aws_)?(?:access_?key_?id|secret_?access_?key|session_?token|security_?token)["']?\s*[=:]/i;

/**
 * The text of an AWS file with a comment in place of each line that holds a part of a key, in whatever
 * section it stands, and commented out too. A comment, because another value in the key's place would be
 * sent to AWS where somebody uses such a copy. Every other line stays. A text without keys is returned as it is.
 */
export function textWithoutKeys(text: string): string {
  let keyIndent: number | null = null;
  const lines = text.split('\n').map((line) => {
    const indent = indentOf(line);
    // What is indented more than a setting is a part of its value (Python's configparser, which botocore uses).
    const continues = keyIndent !== null && indent > keyIndent && line.trim() !== '';
    if (!continues) keyIndent = keyName.test(line) ? indent : null;
    return keyIndent === null ? line : `${leftOut}${line.endsWith('\r') ? '\r' : ''}`;
  });
  return lines.join('\n');
}

/** Without `:` and `=`, since `aws configure` takes a comment with one of them for a setting. */
const leftOut = '# STS Tray copies no part of an access key';

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
