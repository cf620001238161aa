import { z } from 'zod';
import { ProfileName } from '../../contract/ipc.ts';
import { jsonOf } from '../../core/json.ts';
import { systemErrorReason } from '../../core/system-error.ts';
import { setAside } from '../../files/set-aside.ts';
import { writePrivateFile } from '../../files/private-file.ts';
import { isNoUsualFile, ownFileBytesMax, readRegularFile } from '../../files/read-file.ts';

const Cut = z.strictObject({
  settings: z.array(z.string()),
  lines: z.array(z.strictObject({ before: z.string(), key: z.enum(['accessKeyId', 'secretAccessKey']).nullable(), behind: z.string() })),
  above: z.string().nullable(),
  below: z.string().nullable(),
  section: z.number().int().min(0),
  offset: z.number().int(),
});
const PutIn = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('line'), endedLine: z.boolean() }),
  z.strictObject({ kind: z.literal('section'), added: z.string() }),
]);
const Removal = z.strictObject({ cuts: z.array(Cut), putIn: PutIn.nullable() });

/** What the AWS files said of a profile before it was installed in place, and how to say it again. No secret is in it. */
const InPlaceRecord = z.strictObject({
  profile: ProfileName,
  /** The full paths of the files: another file may have a profile of the same name. */
  files: z.strictObject({ config: z.string(), credentials: z.string() }),
  /** Its settings that are in no file any more, such as `role_arn`. */
  settings: z.record(z.string(), z.string()),
  removals: z.strictObject({ config: Removal, credentials: Removal }),
});
export type InPlaceRecord = Readonly<z.infer<typeof InPlaceRecord>>;

const RecordsFile = z.strictObject({ version: z.literal(1), records: z.array(InPlaceRecord) });

/** `damaged` where there is something else than records; `unread` where the system does not say what there is. */
type Known =
  | { readonly kind: 'records'; readonly records: readonly InPlaceRecord[] }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'unread'; readonly reason: string };

/** The profiles that were installed in place, in a file of the app's own. */
export class InPlaceRecords {
  readonly file: string;

  /** The folder of `file` need not exist. */
  constructor(file: string) {
    this.file = file;
  }

  /** Those of these files. A file of records that is damaged or gone counts as empty. */
  async of(files: InPlaceRecord['files']): Promise<readonly InPlaceRecord[]> {
    const known = await this.#read();
    return known.kind === 'records' ? known.records.filter((record) => isOf(record, files)) : [];
  }

  /** Keeps a record in the place of an older one of the same profile. Null when it is kept, else the code of the system's error. */
  keep(record: InPlaceRecord): Promise<string | null> {
    return this.#replace(record, [record]);
  }

  /** As above. */
  remove(record: InPlaceRecord): Promise<string | null> {
    return this.#replace(record, []);
  }

  async #replace({ profile, files }: InPlaceRecord, by: readonly InPlaceRecord[]): Promise<string | null> {
    const known = await this.#read();
    // Written over, all others would be gone.
    if (known.kind === 'unread') return known.reason;
    // What cannot be read may be of use to a person.
    if (known.kind === 'damaged') setAside(this.file);
    const others = (known.kind === 'records' ? known.records : []).filter((record) => record.profile !== profile || !isOf(record, files));
    return writePrivateFile(this.file, Buffer.from(JSON.stringify({ version: 1, records: [...others, ...by] })));
  }

  async #read(): Promise<Known> {
    try {
      const parsed = RecordsFile.safeParse(jsonOf(String(await readRegularFile(this.file, ownFileBytesMax))));
      return parsed.success ? { kind: 'records', records: parsed.data.records } : { kind: 'damaged' };
    } catch (error) {
      const reason = systemErrorReason(error);
      if (reason === 'ENOENT') return { kind: 'records', records: [] };
      return isNoUsualFile(error) ? { kind: 'damaged' } : { kind: 'unread', reason };
    }
  }
}

function isOf({ files }: InPlaceRecord, { config, credentials }: InPlaceRecord['files']): boolean {
  return files.config === config && files.credentials === credentials;
}
