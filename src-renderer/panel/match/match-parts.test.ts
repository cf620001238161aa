import { describe, expect, it } from 'vitest';
import { matchParts } from './match-parts.ts';

const marked = (text: string, typed: string) =>
  matchParts(text, typed)
    .map((part) => (part.hit ? `[${part.text}]` : part.text))
    .join('');

describe('a name that was found', () => {
  it('a name that was found shows each word that was typed, in either case and in full width', () => {
    expect(marked('prod-Deploy-eu', 'dep')).toBe('prod-[Dep]loy-eu');
    expect(marked('prod-Deploy-eu', 'ＥＵ prod')).toBe('[prod]-Deploy-[eu]');
    expect(marked('aaa', 'aa')).toBe('[aaa]');
  });

  it('a name that was found by something else, or before anything is typed, shows nothing', () => {
    expect(marked('deploy', '2222')).toBe('deploy');
    expect(marked('deploy', '  ')).toBe('deploy');
    // One letter becomes two when it is compared, so no place in it can be named.
    expect(marked('ﬁnance', 'fin')).toBe('ﬁnance');
  });
});
