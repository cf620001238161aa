import { LedgerEntry, type HandOffRecord, type HistoryRecord, type SessionRecord } from '../../contract/ledger.ts';
import { accountIdOf } from '../aws-names/arn.ts';
import { jsonOf } from '../json.ts';

/** The line of an entry, with its line break. */
export function entryLine(entry: LedgerEntry): string {
  return `${JSON.stringify(entry)}\n`;
}

/**
 * The entries of a ledger's text. A line that is not an entry is left out: the rest of one that a crash
 * cut off, or an event that a later version of the app wrote.
 */
export function entriesOf(text: string): readonly LedgerEntry[] {
  return text.split('\n').flatMap((line) => {
    const parsed = LedgerEntry.safeParse(jsonOf(line));
    return parsed.success ? [parsed.data] : [];
  });
}

/** The records that follow from entries in the order of their time; the latest record first. */
export function historyOf(entries: readonly LedgerEntry[], now: number, aliasOf: (accountId: string) => string | null): readonly HistoryRecord[] {
  const sessions = new Map<string, SessionRecord>();
  // The records already hold these arrays, which are filled in place: a session may have thousands of hand-offs.
  const handOffsOf = new Map<string, HandOffRecord[]>();
  const records: (HistoryRecord | string)[] = [];
  for (const entry of entries) {
    switch (entry.event) {
      case 'issued': {
        const { event: _event, ...session } = entry;
        const handOffs: HandOffRecord[] = [];
        handOffsOf.set(entry.accessKeyId, handOffs);
        sessions.set(entry.accessKeyId, { record: 'session', ...session, accountAlias: aliasOf(entry.accountId), handOffs, earlierHandOffs: 0, ended: null });
        records.push(entry.accessKeyId);
        break;
      }
      case 'handed-off': {
        const { event: _event, profile: _profile, accessKeyId, ...handOff } = entry;
        // There is none for a session whose beginning was in a file that is gone by now.
        handOffsOf.get(accessKeyId)?.push(handOff);
        break;
      }
      case 'ended': {
        const session = sessions.get(entry.accessKeyId);
        if (session !== undefined) sessions.set(entry.accessKeyId, { ...session, ended: { at: entry.at, how: entry.how } });
        break;
      }
      case 'revoked':
      case 'revocation-removed':
      case 'reached':
      case 'access-key': {
        const { event, ...rest } = entry;
        records.push({ record: event, ...rest } as HistoryRecord);
        break;
      }
    }
  }
  const named = records.flatMap((record): readonly HistoryRecord[] => (typeof record === 'string' ? withExpiry(sessions.get(record), now) : [record]));
  return named.toReversed();
}

/** The record with only its latest hand-offs, for places that cannot show thousands of them. */
export function withLatestHandOffs(record: HistoryRecord, count: number): HistoryRecord {
  if (record.record !== 'session' || record.handOffs.length <= count) return record;
  return { ...record, handOffs: record.handOffs.slice(-count), earlierHandOffs: record.handOffs.length - count };
}

export type HistoryFilter = {
  readonly profile?: string | undefined;
  /** Twelve digits. */
  readonly account?: string | undefined;
  /** Part of a program's command, in any case. */
  readonly program?: string | undefined;
  /** Epoch milliseconds. An older session also fits if something has happened to it since. */
  readonly since?: number | undefined;
  readonly limit: number;
};

/** The latest records that fit every part of the filter. */
export function filterHistory(records: readonly HistoryRecord[], { profile, account, program, since, limit }: HistoryFilter): readonly HistoryRecord[] {
  return records
    .filter((record) => profile === undefined || record.profile === profile)
    .filter((record) => account === undefined || accountOf(record) === account)
    .filter((record) => program === undefined || isUsedBy(record, program.toLowerCase()))
    .filter((record) => since === undefined || latestOf(record) >= since)
    .slice(0, limit);
}

/** The ledger has no line for a session that simply ran out: the app may not have been running. */
function withExpiry(session: SessionRecord | undefined, now: number): readonly SessionRecord[] {
  if (session === undefined) return [];
  const ranOut = session.ended === null && Date.parse(session.expiresAt) <= now;
  return [ranOut ? { ...session, ended: { at: session.expiresAt, how: 'expired' } } : session];
}

function accountOf(record: HistoryRecord): string | null {
  if (record.record === 'session' || record.record === 'reached') return record.accountId;
  return 'arn' in record ? accountIdOf(record.arn) : null;
}

/** When something last happened to what the record is about, in epoch milliseconds. */
function latestOf(record: HistoryRecord): number {
  const later = record.record === 'session' ? [...record.handOffs.map(({ at }) => at), ...(record.ended === null ? [] : [record.ended.at])] : [];
  return Math.max(...[record.at, ...later].map((at) => Date.parse(at)));
}

function isUsedBy(record: HistoryRecord, program: string): boolean {
  if (record.record === 'reached') return record.program?.toLowerCase().includes(program) === true;
  return record.record === 'session' && record.handOffs.some((handOff) => handOff.program?.command.toLowerCase().includes(program) === true);
}
