import type { AppError } from '../../contract/app-error.ts';
import { canNameProfile, profileNameMax } from '../../contract/limits.ts';
import { appError } from '../errors.ts';
import { sectionMeanings, type AwsFileKind, type SectionMeaning } from './aws-file-sections.ts';
import type { AwsFileReading, Fault, Section } from './aws-file-text.ts';

/**
 * What a file has that AWS's tools refuse, pass over or take for something else. Each has its line's number; none
 * has the text of a line that is no header, which may be half of a secret.
 */
export function awsFileFaults(reading: AwsFileReading, kind: AwsFileKind, file: string): readonly AppError[] {
  const faults = reading.faults.map((fault) => ofFault(fault, file));
  const sections = sectionMeanings(reading, kind).flatMap((meaning, index) => {
    const section = reading.sections[index];
    return section === undefined ? [] : ofSection(section, meaning, { kind, file });
  });
  const doubles = kind === 'config' ? sameProfiles(reading, file) : [];
  return [...faults, ...sections, ...doubles].toSorted((a, b) => Number(a.params['line']) - Number(b.params['line']));
}

function ofFault(fault: Fault, file: string): AppError {
  const { kind, line } = fault;
  switch (kind) {
    case 'broken':
      return appError('config-broken-line', { file, line });
    case 'byte-order-mark':
      return appError('config-byte-order-mark', { file, line });
    case 'section-twice':
      return appError('config-section-twice', { file, line, first: fault.first, section: fault.section });
    case 'setting-twice':
      return appError('config-setting-twice', { file, line, first: fault.first, setting: fault.setting });
    case 'continued':
      return appError('config-line-continued', { file, line, setting: fault.setting });
  }
}

function ofSection(
  { header, line, settings }: Section,
  meaning: SectionMeaning,
  { kind, file }: { readonly kind: AwsFileKind; readonly file: string },
): readonly AppError[] {
  if (meaning.kind === 'other') return [appError('config-section-ignored', { file, line, section: header })];
  if (meaning.kind === 'profile' && !canNameProfile(meaning.name)) return [appError('config-name-unseen', { file, line, max: profileNameMax })];
  if (kind === 'credentials' && /^profile\s/.test(header)) return [appError('config-section-prefixed', { file, line, section: header })];
  const quoted = settings.find(({ name, value }) => name === 'aws_access_key_id' && /^["']/.test(value));
  return quoted === undefined ? [] : [appError('config-key-quoted', { file, line: quoted.line })];
}

/** Headers that differ and name the same profile. */
function sameProfiles(reading: AwsFileReading, file: string): readonly AppError[] {
  const first = new Map<string, number>();
  return sectionMeanings(reading, 'config').flatMap((meaning, index) => {
    if (meaning.kind !== 'profile') return [];
    const line = reading.sections[index]?.line ?? 0;
    const known = first.get(meaning.name);
    first.set(meaning.name, line);
    return known === undefined ? [] : [appError('config-profile-twice', { file, line, first: known, profile: meaning.name })];
  });
}
