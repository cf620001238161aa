import { change } from './change.mjs';
import { printable } from './in-several-tables.mjs';

const exportsOfPosixShells = [change('src-main/core/hand-offs/exports.ts', `value.replaceAll("'", "'\\\\''")`, 'value')];

/** @type {Readonly<Record<string, import('../planting.mjs').PlantedFault>>} */
export const ofTexts = {
  'escape sequences in whatever the app answers': printable,
  'escape sequences in failures': printable,
  'quotes, newlines and `$()` in exported values, in bash': exportsOfPosixShells,
  'the same in zsh': exportsOfPosixShells,
  'the same in fish': [change('src-main/core/hand-offs/exports.ts', String.raw`value.replaceAll(/[\\']/g, '\\$&')`, 'value')],
  'the same in dash': exportsOfPosixShells,
  'a `~/.curlrc` and proxy variables': [change('bin/sts-tray', 'curl -q --silent', 'curl --silent')],
  'a profile called `@file`': [change('bin/sts-tray', '"profile=$sts_profile"', '"profile$sts_profile"')],
  'any text as a Terraform file': [change('src-main/core/terraform/structure/hcl-text.ts', '    return low + 1;', '    return low;')],
  'any text as an expression of Terraform': [
    change('src-main/core/terraform/language/syntax/parse.ts', 'error instanceof SyntaxProblem || error instanceof RangeError', 'error instanceof RangeError'),
  ],
  'lines that patterns are slow to read': [change('src-main/core/relay/sts-request.ts', '/^x-amz-/i', '/^(?:[a-z]+-?)+amz-/i')],
  'a pipe or a device in the place of a file': [change('src-main/files/read-file.ts', 'if (!found.isFile())', 'if (found.isDirectory())')],
  'a file that is larger than the memory': [change('src-main/files/read-file.ts', "if (found.size > bytesMax) throw systemError('EFBIG');", '')],
};
