import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { hasIntegrity } from './fallback-runtime.mjs';
import { SetupError } from './setup-error.mjs';

/** How long a download may bring nothing, in milliseconds. */
const patienceMs = 60_000;

/** How the folders of downloads begin, and from which age on nobody is at work in one any more, in milliseconds. */
const begun = 'fetching-';
const abandonedMs = 24 * 60 * 60_000;

/**
 * A zip archive that is fetched as it was pinned, or not at all.
 * @typedef {object} PinnedArchive
 * @property {string} what    as a sentence names it: `Terraform 1.11.4`
 * @property {string} url
 * @property {string} sha256  of the archive, hexadecimal
 * @property {string} remedy  what somebody can do who does not get it, as the end of a sentence
 */

/**
 * Fetches an archive and unpacks it into the folder `dest`, which is there whole or not at all.
 * @param {PinnedArchive} archive
 * @param {{ dest: string, cache: string, extract?: (zip: string, folder: string) => Promise<void>, patience?: number }} places both folders are on one disk
 * @throws {SetupError} when it is refused, cut off, or another archive
 */
export function install(archive, { dest, cache, extract = extractZip, patience = patienceMs }) {
  return makeWhole({ dest, cache }, async (work) => {
    const zip = join(work, 'archive.zip');
    await download(archive, zip, patience);
    if (!(await hasIntegrity(zip, `sha256-${Buffer.from(archive.sha256, 'hex').toString('base64')}`))) {
      throw new SetupError(
        `What ${new URL(archive.url).host} sent as ${archive.what} is not the pinned archive, and nothing of it was used: ` +
          `find out what stands between you and it before you try again, or ${archive.remedy}.`,
      );
    }
    await extract(zip, join(work, 'unpacked'));
    return join(work, 'unpacked');
  });
}

/**
 * Makes the folder `dest`, whole or not at all: `make` gets an empty folder in `cache` to work in, and resolves to the
 * folder in it that is to become `dest`. Both are on one disk.
 */
export async function makeWhole({ dest, cache }, make) {
  await mkdir(cache, { recursive: true });
  await removeAbandoned(cache);
  const work = await mkdtemp(join(cache, begun));
  try {
    const made = await make(work);
    await mkdir(dirname(dest), { recursive: true });
    await rename(made, dest).catch((error) => {
      // Two checkouts may fetch at the same time: whoever comes second uses what is there.
      if (!existsSync(dest)) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** A download that was ended with Ctrl+C leaves what it had, which can be a gigabyte. */
async function removeAbandoned(cache) {
  const before = Date.now() - abandonedMs;
  for (const name of (await readdir(cache)).filter((each) => each.startsWith(begun))) {
    const folder = join(cache, name);
    // Another set-up may remove it first.
    const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: Infinity }));
    if (mtimeMs < before) await rm(folder, { recursive: true, force: true });
  }
}

async function download({ what, url, remedy }, file, patience) {
  const stop = new AbortController();
  let timer;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => stop.abort(), patience);
  };
  let received = 0;
  let announced = null;
  try {
    wait();
    const answer = await fetch(url, { signal: stop.signal });
    if (!answer.ok) throw new Error(`it answered ${answer.status}`);
    announced = answer.headers.get('content-length');
    await pipeline(
      answer.body,
      async function* (chunks) {
        for await (const chunk of chunks) {
          wait();
          received += chunk.length;
          yield chunk;
        }
      },
      createWriteStream(file),
    );
  } catch (error) {
    throw new SetupError(
      `${what} could not be fetched from ${new URL(url).host} (${reasonOf(error, { received, announced, isStalled: stop.signal.aborted })}): ${remedy}.`,
    );
  } finally {
    clearTimeout(timer);
  }
}

function reasonOf(error, { received, announced, isStalled }) {
  if (isStalled) return 'it stopped sending';
  if (received > 0) return `the connection broke after ${received} of ${announced ?? 'an unknown number of'} bytes`;
  // `fetch failed` says nothing; its cause does.
  return error.cause?.code ?? error.message;
}

async function extractZip(zip, folder) {
  const { default: extract } = await import('extract-zip');
  await extract(zip, { dir: folder });
}
