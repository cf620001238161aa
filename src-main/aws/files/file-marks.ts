import { stat } from 'node:fs/promises';
import { systemErrorReason } from '../../core/system-error.ts';
import type { AwsFiles } from './environment.ts';

/**
 * For so long after a file was written a second writing may leave the same time behind, in milliseconds: the
 * time stamps of FAT are two seconds apart, those of network drives often one.
 */
const settlesMs = 2000;

/** What tells whether the AWS files changed, without reading them. */
export type FileMarks = {
  /** Differs once a file is another one, was written, or was given other rights. */
  readonly text: string;
  /** When the younger of the two was last written, in epoch milliseconds; 0 where there is neither. */
  readonly changedAt: number;
};

/** The marks of both files as they are now, at the end of any links. */
export async function fileMarks({ config, credentials }: AwsFiles): Promise<FileMarks> {
  const marks = await Promise.all([config, credentials].map(markOf));
  return { text: marks.map(({ text }) => text).join('\n'), changedAt: Math.max(...marks.map(({ changedAt }) => changedAt)) };
}

/** Whether a later change would have other marks. */
export function areSettled({ changedAt }: FileMarks, now: number): boolean {
  return now - changedAt > settlesMs;
}

async function markOf(path: string): Promise<FileMarks> {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs, mtimeMs } = await stat(path, { bigint: true });
    return { text: `${path} ${dev}:${ino} ${size} ${mtimeNs} ${ctimeNs}`, changedAt: Number(mtimeMs) };
  } catch (error) {
    return { text: `${path} ${systemErrorReason(error)}`, changedAt: 0 };
  }
}
