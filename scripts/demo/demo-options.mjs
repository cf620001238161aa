import { parseArgs } from 'node:util';
import { SetupError } from '../setup/setup-error.mjs';

/**
 * What `npm run demo` was asked for.
 * @param {readonly string[]} args
 * @returns {{ purpose: 'demo' | 'sign-in-demo', args: readonly string[] }} what to set up for, and the arguments of the demo itself
 * @throws {SetupError} for an option that the demo does not have, and for more than one folder
 */
export function demoOptions(args) {
  const { signIn, folders } = parsed(args);
  if (folders.length > 1) throw new SetupError(`The demo takes one folder for its pictures, and these are ${folders.length}: ${folders.join(', ')}.`);
  return { purpose: signIn ? 'sign-in-demo' : 'demo', args: [...(signIn ? ['--sign-in'] : []), ...folders] };
}

function parsed(args) {
  try {
    const { values, positionals } = parseArgs({ args, options: { 'sign-in': { type: 'boolean', default: false } }, allowPositionals: true });
    return { signIn: values['sign-in'], folders: positionals };
  } catch {
    throw new SetupError('The demo does not know all of these arguments: say `npm run demo -- --sign-in`, a folder for its pictures, both, or neither.');
  }
}
