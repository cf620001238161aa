import { handedOff } from './sample-entries.ts';
import { LedgerFile } from '../../src-main/broker/ledger/ledger-file.ts';

/** A process for a test to kill: it appends one entry after another, numbered by the `pid` in them, and reports each that is written. */
process.stdin.once('data', (line: Buffer) => {
  const { first, ...options } = JSON.parse(line.toString()) as { file: string; bytesMax: number; kept: number; first: number };
  void appendForEver(new LedgerFile(options), first);
});

async function appendForEver(ledger: LedgerFile, first: number): Promise<void> {
  for (let pid = first; ; pid += 1) {
    const written = await ledger.append(handedOff({ program: { pid, command: 'terraform plan', folder: null } }));
    if (!written.ok) throw new Error(JSON.stringify(written.error));
    process.stdout.write(`${pid}\n`);
  }
}
