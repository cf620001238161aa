import { z } from 'zod';
import { ProfileName } from '../../contract/ipc.ts';
import { jsonOf } from '../../core/json.ts';
import { setAside } from '../../files/set-aside.ts';
import { writePrivateFile } from '../../files/private-file.ts';
import { ownFileBytesMax, readRegularFile } from '../../files/read-file.ts';

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

/** The profiles that were installed in place, in a file of the app's own. */
export class InPlaceRecords {
  readonly file: string;

  /** The folder of `file` need not exist. */
  constructor(file: string) {
    this.file = file;
  }

  /** Those of these files. A file of records that is damaged or gone counts as empty. */
  async of(files: InPlaceRecord['files']): Promise<readonly InPlaceRecord[]> {
    return ((await this.#read()) ?? []).filter((record) => isOf(record, files));
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
    // What cannot be read may be of use to a person.
    if (known === null) setAside(this.file);
    const others = (known ?? []).filter((record) => record.profile !== profile || !isOf(record, files));
    return writePrivateFile(this.file, Buffer.from(JSON.stringify({ version: 1, records: [...others, ...by] })));
  }

  /** Null where there is something else than records. */
  async #read(): Promise<readonly InPlaceRecord[] | null> {
    const text = await readRegularFile(this.file, ownFileBytesMax).then(String, () => null);
    if (text === null) return [];
    const parsed = RecordsFile.safeParse(jsonOf(text));
    return parsed.success ? parsed.data.records : null;
  }
}

function isOf({ files }: InPlaceRecord, { config, credentials }: InPlaceRecord['files']): boolean {
  return files.config === config && files.credentials === credentials;
}
