import { PasswordPolicy } from './password-policy.ts';

describe('a password that somebody chooses', () => {
  const policy = new PasswordPolicy({ commonPasswords: 'refuse' });
  const ann = { email: 'ann.smith@example.com', userName: 'annsmith1', name: 'Ann Smith' };

  it.each([
    ['12345678', 'one of the commonest'],
    ['password123', 'one of the commonest'],
    ['PassWord123', 'one of the commonest, in capitals'],
    ['ｐａｓｓｗｏｒｄ', 'one of the commonest, in wide letters'],
    ['aaaaaaaa', 'one character again and again'],
    ['abababab', 'two characters again and again'],
    ['😀😀😀😀😀😀😀😀', 'one character again and again'],
    ['Ann.Smith@example.com', 'their address'],
    ['ANN.SMITH', 'their address without what is after the @'],
    ['AnnSmith1', 'their user name'],
    ['ann smith', 'their name'],
  ])('is not %s: it is %s', async (password) => {
    expect(await policy.rejects(password, ann)).toBe(true);
    expect(await new PasswordPolicy({ commonPasswords: 'allow' }).rejects(password, ann)).toBe(false);
  });

  it.each(['correct horse battery', 'ann smith and her dog', '王小明的密碼是這個'])('may be %j', async (password) => {
    expect(await policy.rejects(password, ann)).toBe(false);
    expect(await policy.rejects(password, { email: null, name: 'x' })).toBe(false);
  });
});
