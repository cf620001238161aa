import { spawnSync } from 'node:child_process';
import { editAwsFile } from '../../src-main/aws/files/config-file.ts';
import { succeeded } from '../../src-main/core/errors.ts';

// Edits the AWS file that is its argument, which is a mount of its own here by then. Prints the outcome as JSON.

const [file = ''] = process.argv.slice(2);
spawnSync('mount', ['--bind', file, file]);
const edited = await editAwsFile(file, (text) => succeeded(`${text}[profile b]\n`), { backup: true, mode: 0o600 });
process.stdout.write(JSON.stringify(edited));
