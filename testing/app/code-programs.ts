import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** How a stand-in for a program that gives MFA codes behaves. */
export type CodeProgramMode =
  | 'ok'
  /** Blocks until it is touched. */
  | 'touch'
  /** Gives the same code again and again, as one that another program has used. */
  | 'stuck'
  | 'garbage'
  | 'flood'
  /** Gives a code, and leaves a process behind that holds its output open. */
  | 'daemon'
  | 'hang'
  | 'terminal'
  | 'locked';

/** Runs with this Node, since the user's PATH need not have one. */
const program = (folder: string, secret: string): string => `#!${process.execPath}
const { createHmac } = require('node:crypto');
const { spawn } = require('node:child_process');
const { appendFileSync, existsSync, openSync, readFileSync, writeFileSync } = require('node:fs');
const folder = ${JSON.stringify(folder)};
const mode = readFileSync(folder + '/mode', 'utf8');
appendFileSync(folder + '/starts', JSON.stringify({ pid: process.pid, args: process.argv.slice(2), env: Object.keys(process.env) }) + '\\n');

// RFC 6238, with the secret of the user's device. AWS takes the code of the next step too, and one that no test has used
// comes with each step.
function totp() {
  let bits = '';
  for (const letter of ${JSON.stringify(secret)}) bits += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + 1));
  const hash = createHmac('sha1', key).update(counter).digest();
  return String((hash.readUInt32BE(hash[19] & 15) & 0x7fffffff) % 1e6).padStart(6, '0');
}

function wait(done, then) {
  if (done()) then();
  else setTimeout(() => wait(done, then), 20);
}

switch (mode) {
  case 'ok':
    console.log(totp());
    break;
  case 'touch':
    console.error('Touch your YubiKey...');
    wait(() => existsSync(folder + '/touched'), () => console.log(totp()));
    break;
  case 'stuck':
    console.log(readFileSync(folder + '/stuck', 'utf8'));
    break;
  case 'garbage':
    console.log('Your code is ' + totp());
    break;
  case 'flood': {
    const part = Buffer.alloc(1 << 20, '1');
    const more = (left) => left > 0 && process.stdout.write(part, () => more(left - 1));
    more(1024);
    break;
  }
  case 'daemon': {
    const left = spawn('sleep', ['60'], { detached: true, stdio: ['ignore', 'inherit', 'ignore'] });
    writeFileSync(folder + '/left', String(left.pid));
    left.unref();
    console.log(totp());
    break;
  }
  case 'hang':
    setInterval(() => {}, 1000);
    process.on('SIGTERM', () => {});
    break;
  case 'terminal':
    try {
      openSync('/dev/tty', 'r');
    } catch (error) {
      console.error(String(error.message));
      process.exit(1);
    }
    break;
  case 'locked':
    console.error('Vault is locked.');
    process.exit(1);
}
`;

/** Stand-ins for programs that give the codes of a device, in a folder that belongs in front of the PATH. */
export class CodePrograms {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** `secret` is that of the device, in Base32. */
  async add(names: readonly string[], secret: string): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    for (const name of names) await writeFile(join(this.folder, name), program(this.folder, secret), { mode: 0o755 });
    await this.behave('ok');
  }

  async behave(mode: CodeProgramMode): Promise<void> {
    for (const left of ['touched', 'stuck', 'left', 'starts']) await rm(join(this.folder, left), { force: true });
    await writeFile(join(this.folder, 'mode'), mode);
  }

  /** Has it give this code, which another program has used. */
  stickTo(code: string): Promise<void> {
    return writeFile(join(this.folder, 'stuck'), code);
  }

  touch(): Promise<void> {
    return writeFile(join(this.folder, 'touched'), '');
  }
}
