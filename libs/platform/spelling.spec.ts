import { normalized } from './index.ts';

describe('one form of Unicode', () => {
  it('is given to text that can be an address or a name', () => {
    expect(normalized('NFC', 'jose\u0301@example.com')).toBe('josé@example.com');
    expect(normalized('NFKC', 'Ａ１')).toBe('A1');
  });

  it('is not given to longer text, which would cost the square of its length', () => {
    const text = `a${'\u0301'.repeat(512)}${'\u0334'.repeat(512)}`;
    expect(normalized('NFC', text)).toBe(text);
    expect(normalized('NFC', text.slice(1))).not.toBe(text.slice(1));
  });
});
