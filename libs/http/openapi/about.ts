const purpose = 'Prevents overselling and double booking of stock, slots and items on loan.';

const login = `**[Get a token here](#/auth/login)**: try out \`POST /auth/login\`, press _Authorize_, and paste the \`token\` of the answer.
An operation without a lock needs none.`;

const conventions = `**Errors** have a \`code\` for programs, and \`data\` with its facts: [all codes, and what to do](/docs/errors). With
\`Accept: application/problem+json\` they come as RFC 9457 has them.

**Retries**: send an \`Idempotency-Key\` with each request that changes something. The same request with the same key
returns the first answer for 24 hours, and is not executed again. That includes a rejection, such as INSUFFICIENT_STOCK:
to try again, send a new key.

**Reading your writes**: send the \`Consistency-Token\` of an answer with a GET, and it sees at least that write.`;

/** The text above the operations. */
export function describeApi(hasLogin: boolean): string {
  return [purpose, ...(hasLogin ? [login] : []), conventions].join('\n\n');
}

/** Describes the Idempotency-Key of an operation. */
export const keyDescription =
  'A unique value you choose, 1 to 255 printable characters. Repeating the request with it returns the first answer, ' +
  'also if that was a rejection: to try again after INSUFFICIENT_STOCK, for example, send a new key';

/** The groups of operations, in the order in which they are shown. */
export const tags: Readonly<Record<string, string>> = {
  auth: 'Log in here to get a token; sessions',
  user: 'The profile of the caller',
  catalog: 'Products, also served as items, and their categories',
  stock: 'Units of items, and every movement of them',
  purchases: 'Units taken at once',
  slots: 'What can be booked',
  holds: 'Units or places that are set aside for a while, then confirmed or cancelled',
  orders: 'Several items, all or none of them',
  inventories: 'Places that have stock, and what is provided to them',
  lends: 'Units on loan',
  requests: 'What somebody needs of others, and who accepts to give it',
  webhooks: 'URLs that events are posted to',
  operations: 'How the installation stands',
};
