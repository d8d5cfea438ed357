import { openConsole, type OpenedConsole } from './open-console.ts';

describe('sessions in the console', () => {
  let opened: OpenedConsole;

  beforeAll(async () => {
    // So short that it is refreshed with nearly every request.
    opened = await openConsole('PostgreSQL', { HOLDFAST_ACCESS_TOKEN_TTL_SECONDS: '60' });
  });

  afterAll(() => opened.close());

  it('begin and end in all tabs of a browser at once, and lead to where one wanted to go', async () => {
    const ann = await opened.person();
    const first = await ann.tab('sign-in?next=%23%2Fshop%2Fmine');
    const second = await ann.tab('shop/products');
    await ann.signIn(first, 'ann@example.com');
    await first.getByRole('heading', { name: 'What I have' }).waitFor();
    await second.getByRole('button', { name: 'Sign out' }).click();
    await first.getByRole('link', { name: 'Sign in', exact: true }).waitFor();
    await second.getByRole('link', { name: 'Sign in', exact: true }).waitFor();
    expect(await first.getByRole('button', { name: 'Sign out' }).count()).toBe(0);
    await ann.context.close();
  });

  it('that do not begin say why', async () => {
    const ann = await opened.person();
    const page = await ann.tab('sign-in');
    const form = page.getByRole('region', { name: 'Sign in' });
    await form.getByLabel('E-mail address or user name').fill('ann@example.com');
    await form.getByLabel('Password').fill('wrong horse battery');
    await form.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('log').getByText('password').waitFor();
    expect(await page.getByRole('button', { name: 'Sign out' }).count()).toBe(0);
    await ann.context.close();
  });

  it('of customers do not open what is for staff', async () => {
    const ann = await opened.person();
    const page = await ann.tab('stock');
    await page.getByText('This part is for staff').waitFor();
    await ann.signIn(page, 'ann@example.com');
    expect(await page.getByText('This part is for staff').count()).toBe(1);
    await ann.context.close();
  });

  it('are refreshed by two tabs without throwing one of them out', async () => {
    const ann = await opened.person();
    const first = await ann.tab('sign-in?next=%23%2Fshop%2Fmine');
    await ann.signIn(first, 'ann@example.com');
    const second = await ann.tab('shop/mine');
    await second.getByRole('button', { name: 'Sign out' }).waitFor();
    const tokenOf = () => first.evaluate(() => localStorage.getItem('holdfast.session'));
    const before = await tokenOf();
    // The time goes on for the pages: the token is used up in both of them.
    for (const page of [first, second]) await page.clock.install();
    for (const page of [first, second]) await page.clock.fastForward(59_000);
    await Promise.all([first, second].map((page) => page.reload()));
    await Promise.all([first, second].map((page) => page.getByText('You have bought nothing yet.').waitFor()));
    expect(await tokenOf()).not.toBe(before);
    expect(await first.getByRole('button', { name: 'Sign out' }).count()).toBe(1);
    expect(await second.getByRole('button', { name: 'Sign out' }).count()).toBe(1);
    await ann.context.close();
  });

  it('break no rule of the page', () => {
    expect(opened.complaints).toEqual([]);
  });
});
