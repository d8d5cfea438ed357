import jsonwebtoken from 'jsonwebtoken';
import { Tokens } from './index.ts';

const secret = 'b7Qk2vXw9ZrT4mNp8LsD3fGh6JyC1aEu';
const ann = { id: 'user_ann', role: 'staff' } as const;

describe('an access token', () => {
  const tokens = new Tokens(secret, 3600);

  it('says who asks, and as what', () => {
    expect(tokens.verify(tokens.sign(ann))).toEqual(ann);
  });

  it('is worth nothing once it has expired', () => {
    const options = { algorithm: 'HS256', issuer: 'holdfast', subject: 'user_ann', expiresIn: -1 } as const;
    expect(tokens.verify(jsonwebtoken.sign({ role: 'staff' }, secret, options))).toBeUndefined();
  });

  it.each([
    ['was signed with another key', new Tokens('Zk3WmQ8rT1xYv5nB7cD9fG2hJ4lPsA6e', 3600).sign(ann)],
    [
      'was not signed at all',
      jsonwebtoken.sign({ role: 'staff' }, '', { algorithm: 'none', issuer: 'holdfast', subject: 'x' }),
    ],
    ['was issued by somebody else', jsonwebtoken.sign({ role: 'staff' }, secret, { issuer: 'other', subject: 'x' })],
    ['names nobody', jsonwebtoken.sign({ role: 'staff' }, secret, { issuer: 'holdfast' })],
    ['has a role that there is not', jsonwebtoken.sign({ role: 'root' }, secret, { issuer: 'holdfast', subject: 'x' })],
    ['is no token', 'abc'],
  ])('is worth nothing if it %s', (_, token) => {
    expect(tokens.verify(token)).toBeUndefined();
  });

  it('is worth nothing once somebody has touched it', () => {
    const [head, , signature] = tokens.sign({ id: 'user_ann', role: 'customer' }).split('.');
    const body = Buffer.from(JSON.stringify({ role: 'staff', sub: 'user_ann', iss: 'holdfast' })).toString('base64url');
    expect(tokens.verify([head, body, signature].join('.'))).toBeUndefined();
  });
});
