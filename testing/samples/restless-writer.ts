import { generation, issuedAt } from './sample-sessions.ts';
import { SessionVault } from '../../src-main/vault/session-vault.ts';
import { testCipher } from './test-cipher.ts';

/** A process for a test to kill: from its first line of input on, it writes one generation of sessions after another. */
process.stdin.once('data', (line: Buffer) => {
  const { file, key } = JSON.parse(line.toString()) as { file: string; key: string };
  const vault = new SessionVault({ cipher: testCipher(Buffer.from(key, 'hex')), file, now: () => issuedAt });
  void writeForEver(vault);
});

async function writeForEver(vault: SessionVault): Promise<void> {
  for (let number = 1; ; number += 1) {
    for (const [profile, session] of generation(number)) vault.hold(profile, session);
    await vault.settled();
    process.stdout.write(`${number}\n`);
  }
}
