import { RememberedNames } from './remembered-names.ts';

describe('remembered names', () => {
  it('are known until their time is over', () => {
    const [long, short] = [new RememberedNames(60_000, 2), new RememberedNames(0, 2)];
    for (const names of [long, short]) names.add('a');
    expect([long.has('a'), short.has('a'), long.has('b')]).toEqual([true, false, false]);
  });

  it('are never more than there is room for: the oldest is forgotten first', () => {
    const names = new RememberedNames(60_000, 2);
    for (const name of ['a', 'b', 'a', 'c']) names.add(name);
    expect(['a', 'b', 'c'].filter((name) => names.has(name))).toEqual(['a', 'c']);
  });
});
