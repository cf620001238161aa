import type { AppError } from '../../src-main/contract/app-error.ts';
import { accessKeyIdPattern, regionPattern, secretAccessKeyPattern } from '../../src-main/contract/limits.ts';

/** In the order in which they stand in the form. */
export const keyFields = ['accessKeyId', 'secretAccessKey', 'profile', 'region'] as const;
export type KeyField = (typeof keyFields)[number];

/** The fields of which something can be said without asking AWS: the form of the key's parts and of a region's name. */
export function wrongFields(of: Readonly<Record<KeyField, string>>): readonly KeyField[] {
  const isRight: Readonly<Record<KeyField, boolean>> = {
    accessKeyId: accessKeyIdPattern.test(of.accessKeyId),
    secretAccessKey: secretAccessKeyPattern.test(of.secretAccessKey),
    profile: of.profile !== '',
    region: of.region === '' || regionPattern.test(of.region),
  };
  return keyFields.filter((field) => !isRight[field]);
}

/** The field that a refusal is about; null where it is about none of them, such as a network that is down. */
export function refusedField({ code }: AppError): KeyField | null {
  switch (code) {
    case 'access-key-unknown':
      return 'accessKeyId';
    case 'access-key-secret-wrong':
      return 'secretAccessKey';
    case 'profile-exists':
    case 'profile-name-unusable':
      return 'profile';
    case 'access-key-other-partition':
    case 'region-unusable':
    case 'region-disabled':
      return 'region';
    default:
      return null;
  }
}
