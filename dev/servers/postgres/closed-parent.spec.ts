import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closedParent } from './closed-parent.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-closed-'));
const stranger = { name: 'stranger', uid: 64_999, gid: 64_999 };
const program = join(folder, 'bin', 'program');

afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeAll(() => {
  mkdirSync(join(folder, 'bin'));
  writeFileSync(program, '');
  chmodSync(program, 0o755);
});

describe('the closed parent of a path', () => {
  it('is the outermost directory that the user may not pass', () => {
    chmodSync(folder, 0o700);
    expect(closedParent(program, stranger)).toBe(folder);
  });

  it('is none when all are open', () => {
    chmodSync(folder, 0o711);
    expect(closedParent(program, stranger)).toBeUndefined();
  });

  it('is the program itself when that may not be executed', () => {
    chmodSync(program, 0o644);
    expect(closedParent(program, stranger)).toBe(program);
  });
});
