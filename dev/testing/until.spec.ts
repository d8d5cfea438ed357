import { throughout, until } from './index.ts';

describe('waiting in a test', () => {
  it('ends with the first that is so, and sees nothing after it', async () => {
    let seen = 0;
    expect(
      await until(
        () => (seen += 1),
        (n) => n === 3,
      ),
    ).toBe(3);
    expect(seen).toBe(3);
  });

  it('is for something that is there, unless it is said for what', async () => {
    const looks = [undefined, null, 0, '', false, 'there'].values();
    expect(await until(() => Promise.resolve(looks.next().value))).toBe('there');
  });

  it('fails in time, with what was last seen', async () => {
    const look = () => Promise.resolve({ status: 503 });
    const waiting = until(look, ({ status }) => status === 200, 30);
    await expect(waiting).rejects.toThrow('not so within 30 ms; last seen: { status: 503 }');
  });

  it('fails with the error of what looks', async () => {
    await expect(until(() => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
  });

  it('leaves the processor to others', async () => {
    let looks = 0;
    await expect(until(() => void (looks += 1), Boolean, 200)).rejects.toThrow('undefined');
    expect(looks).toBeLessThan(25);
  });

  it('throughout a time checks until its end, and fails when a check does', async () => {
    const began = performance.now();
    let checks = 0;
    await throughout(300, async () => void (checks += 1));
    expect(performance.now() - began).toBeGreaterThanOrEqual(300);
    expect(checks).toBeGreaterThan(1);
    await expect(throughout(1000, () => Promise.reject(new Error('no longer so')))).rejects.toThrow('no longer so');
  });
});
