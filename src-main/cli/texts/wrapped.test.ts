import { describe, expect, it } from 'vitest';
import { columns } from './texts.ts';
import { wrapped } from './wrapped.ts';

describe('a wrapped text', () => {
  it('a wrapped text is broken between words', () => {
    expect(wrapped('aws reaches account 333333333333, not 222222222222', 24)).toEqual(['aws reaches account', '333333333333, not', '222222222222']);
  });

  it('a wrapped text in Japanese is broken between characters, but no line begins with a full stop or ends with a bracket', () => {
    expect(wrapped('プロバイダーのロールか認証情報を直してください。', 14)).toEqual(['プロバイダーの', 'ロールか認証情', '報を直してくだ', 'さい。']);
    expect(wrapped('これは正しい。', 12)).toEqual(['これは正し', 'い。']);
    expect(wrapped('開いた「実行」', 8)).toEqual(['開いた', '「実行」']);
  });

  it('a wrapped text keeps an ARN in one piece where it fits, and cuts it where it does not', () => {
    expect(wrapped('role arn:aws:iam::222222222222:role/deploy', 40)).toEqual(['role', 'arn:aws:iam::222222222222:role/deploy']);
    expect(wrapped('arn:aws:iam::222222222222:role/deploy', 20)).toEqual(['arn:aws:iam::2222222', '22222:role/deploy']);
  });

  it('no line of a wrapped text is wider than asked for, whatever the text', () => {
    const text =
      'aws の先はアカウント 333333333333 で、check.account が求める arn:aws:iam::222222222222:role/a/very/long/path/to/a/role ではありません（👩‍🚀）。';
    for (let width = 4; width < 80; width += 1) expect(Math.max(...wrapped(text, width).map(columns))).toBeLessThanOrEqual(width);
  });

  it('an empty text is one empty line', () => {
    expect(wrapped('', 10)).toEqual(['']);
  });
});
