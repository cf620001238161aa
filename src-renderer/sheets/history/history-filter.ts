import type { HistoryRecord } from '../../../src-main/contract/ledger.ts';

/** The records in which every typed word is found: in the profile, the account, a program, or the access key's ID. */
export function filterHistory(records: readonly HistoryRecord[], typed: string): readonly HistoryRecord[] {
  const words = normal(typed)
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return records;
  return records.filter((record) => {
    const text = normal(searched(record).join('\n'));
    return words.every((word) => text.includes(word));
  });
}

function searched(record: HistoryRecord): readonly string[] {
  switch (record.record) {
    case 'session':
      return [
        record.profile,
        record.accountId,
        record.accountAlias ?? '',
        record.accessKeyId,
        ...record.handOffs.flatMap(({ program }) => (program === null ? [] : [program.command])),
      ];
    case 'reached':
      return [record.profile, record.accountId, record.role ?? '', record.program ?? ''];
    case 'revoked':
    case 'revocation-removed':
      return [record.profile, record.arn];
    case 'access-key':
      return [record.profile, record.accessKeyId];
  }
}

function normal(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
