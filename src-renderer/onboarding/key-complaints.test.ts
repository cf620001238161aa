import { describe, expect, it } from 'vitest';
import { refusedField, wrongFields } from './key-complaints.ts';

const right = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x'.repeat(40), profile: 'default', region: '' };

describe('the form of an access key', () => {
  it('the form of an access key names every field that is wrong, in the order in which they stand', () => {
    expect(wrongFields(right)).toEqual([]);
    expect(wrongFields({ ...right, region: 'Tokyo', accessKeyId: 'AKIA' })).toEqual(['accessKeyId', 'region']);
    expect(wrongFields({ ...right, profile: '', secretAccessKey: 'with a space in it' })).toEqual(['secretAccessKey', 'profile']);
  });

  it('the form of an access key puts what AWS refuses at the field that is wrong, and a network that is down at none', () => {
    const fieldOf = (code: Parameters<typeof refusedField>[0]['code']) => refusedField({ code, params: {} });
    expect(fieldOf('access-key-secret-wrong')).toBe('secretAccessKey');
    expect(fieldOf('access-key-unknown')).toBe('accessKeyId');
    expect(fieldOf('profile-exists')).toBe('profile');
    expect(fieldOf('network-unreachable')).toBeNull();
  });
});
