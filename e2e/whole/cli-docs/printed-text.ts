import { aligned, cliTexts } from '../../../src-main/cli/texts/texts.ts';
import { checkout } from '../../../testing/app/running-app.ts';
import type { AppRig } from '../../../testing/app/app-rig.ts';

/** The time that documents show in place of the time of a run. */
const documentedStart = Date.parse('2026-11-24T09:00:00Z');
const quarterMs = 15 * 60_000;

/**
 * What was printed, with everything that differs from run to run, or must not be published, replaced by
 * something that is clearly invented. The intervals between times stay, rounded to a quarter of an hour.
 */
export function printedText(text: string, rig: AppRig, now = Date.now()): string {
  const places = [
    [` --user-data-dir=${rig.dataFolder}`, ''],
    [rig.dataFolder, '/home/alice/.config/STS Tray'],
    [rig.home, '/home/alice'],
    [checkout, '/home/alice/sts-tray'],
    // The console's sign-in is the only address of AWS that is printed.
    [rig.aws.endpoint, 'https://signin.aws.amazon.com'],
  ] as const;
  let result = text;
  for (const secret of rig.aws.secrets()) result = result.replaceAll(secret, secret.length > 60 ? 'EXAMPLETOKEN…' : 'EXAMPLESECRET…');
  for (const [place, documented] of places) result = result.replaceAll(place, documented);
  result = result
    .replaceAll(/\b(ASIA|AKIA)[A-Z0-9]{16}\b/g, '$1EXAMPLE…')
    .replaceAll(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, (iso) => documentedTime(iso, now).replace('.000', ''))
    .replaceAll(/\b\d{4}-\d\d-\d\d \d\d:\d\d\b/g, (local) => documentedTime(local, now).slice(0, 16).replace('T', ' '))
    .replaceAll(/\b(?:(\d+) h )?(\d+) min\b/g, (_, hours: string | undefined, minutes: string) => documentedDuration(Number(hours ?? 0) * 60 + Number(minutes)))
    .replaceAll(/(?<="secondsLeft": |lasts )\d+/g, (seconds) => String(Math.round(Number(seconds) / 900) * 900))
    .replaceAll(/(?<=SigninToken=)[^&\s]+/g, 'EXAMPLETOKEN…')
    .replaceAll(/\bprocess \d+/g, 'process 4321')
    .replaceAll(/(?<=RequestID: )[\da-f-]{36}/g, '12345678-90ab-cdef-1234-567890abcdef')
    .replaceAll(/(?<=complete after )\d+s/g, '0s')
    .replaceAll(/^ {2}\d\d:\d\d(?= {2})/gm, '  09:00')
    .replaceAll(/^Opened .+\.$/gm, 'Opened xterm.');
  return /^(PROFILE|STARTED|TIME|ACCESS KEY ID) /m.test(result) ? realigned(result) : result;
}

function documentedTime(time: string, now: number): string {
  const quarters = Math.round((Date.parse(time) - now) / quarterMs);
  return new Date(documentedStart + quarters * quarterMs).toISOString();
}

function documentedDuration(minutes: number): string {
  return cliTexts('en').duration(Math.round(minutes / 15) * quarterMs);
}

/** A table, aligned again, because its cells may have changed their width. There may be other lines between its rows. */
function realigned(table: string): string {
  const lines = table.trimEnd().split('\n');
  const rows = aligned(lines.filter(isRow).map((line) => line.split(/ {2,}/)))
    .trimEnd()
    .split('\n');
  return lines.map((line) => `${isRow(line) ? rows.shift() : line}\n`).join('');
}

/** A line with fewer cells is a sentence about one of the times. */
function isRow(line: string): boolean {
  return /^\S.* {2}/.test(line) && line.split(/ {2,}/).length > 3;
}
