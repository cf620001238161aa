import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AppRig } from '../../testing/app/app-rig.ts';
import { entryLine } from '../../src-main/core/ledger/history.ts';
import { ended, handedOff, issued } from '../../testing/samples/sample-entries.ts';
import { apiOpened, timedAsk } from '../instruments/local-api-client.ts';
import { foundGrowth } from '../report/growth.ts';
import { closeApp, stsTray, type TrayStarter } from '../instruments/tray-app.ts';
import type { Found } from '../report/found.ts';

const counts = [1, 100, 1_000, 10_000, 100_000];
/** The app writes ten files at most. */
const files = 10;
/** Of which one is the session's beginning and one its end. */
const linesOfSession = 50;

/** From spawn until programs are answered, and how long the history takes, in turn for longer and longer ledgers. */
export async function ledgerGrowth(rig: AppRig, starter: TrayStarter, { rounds = 4, reads = 5 } = {}): Promise<Found> {
  const series = () => new Map<number, number[]>(counts.map((count) => [count, []]));
  const [answered, read] = [series(), series()];
  const measure = async (count: number) => {
    await writeLedger(rig.dataFolder, count);
    const app = await starter.start(stsTray(rig.dataFolder));
    try {
      const at = await apiOpened(rig);
      const tookMs: number[] = [];
      for (let time = 0; time < reads; time += 1) tookMs.push(await timedAsk(rig, 'history', { limit: 50 }));
      return { answeredMs: at - app.spawnedAt, tookMs };
    } finally {
      await closeApp(app);
    }
  };
  await measure(1);
  for (let round = 0; round < rounds; round += 1) {
    for (const count of counts) {
      const { answeredMs, tookMs } = await measure(count);
      answered.get(count)?.push(answeredMs);
      read.get(count)?.push(...tookMs);
    }
  }
  return foundGrowth({ name: 'ledger', title: 'Start and history beside a long ledger', of: 'ledger lines' }, [
    { what: 'start to programs answered', growth: answered },
    { what: 'the last 50 records of the history', line: 'reading the last 50 records', growth: read },
  ]);
}

/** Sessions with their hand-offs, the oldest in the file with the highest number, as the app itself has them. */
async function writeLedger(dataFolder: string, count: number): Promise<void> {
  await mkdir(dataFolder, { recursive: true });
  const lines = Array.from({ length: count }, (_none, index) => lineAt(index));
  const perFile = Math.ceil(count / files);
  for (let index = 0; index < files; index += 1) {
    const file = join(dataFolder, index === files - 1 ? 'ledger.jsonl' : `ledger.jsonl.${files - 1 - index}`);
    const part = lines.slice(index * perFile, (index + 1) * perFile);
    if (part.length > 0) await writeFile(file, part.join(''), { mode: 0o600 });
    else await rm(file, { force: true });
  }
}

function lineAt(index: number): string {
  const accessKeyId = `ASIA${String(Math.floor(index / linesOfSession)).padStart(16, '0')}`;
  const place = index % linesOfSession;
  if (place === 0) return entryLine(issued({ accessKeyId }));
  if (place === linesOfSession - 1) return entryLine(ended({ accessKeyId }));
  return entryLine(handedOff({ accessKeyId, program: { pid: 4000 + place, command: 'terraform plan', folder: '/home/alice/network' } }));
}
