import { seeing, startInstallation, type Installation } from './start-installation.ts';

const account = { user_name: 'testuser', password: 'testpass1234' };

describe('004, the microservices', () => {
  let installation: Installation;
  let ask: Installation['ask'];

  beforeAll(async () => {
    installation = await startInstallation();
    ({ ask } = installation);
    await installation.ensureCategories();
  }, 60_000);

  afterAll(() => installation.stop());

  /** As `curl -d` sends it. */
  async function form(path: string, body: string) {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await fetch(`${installation.url}${path}`, { method: 'POST', headers, body });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  }

  it('ユーザー登録: curl -X POST /auth/signup', async () => {
    const signedUp = await ask('POST', '/auth/signup', { body: account });
    expect(signedUp).toMatchObject({ status: 200, body: { user: { user_name: 'testuser' } } });
    expect(await ask('POST', '/auth/signup', { body: account })).toMatchObject({ status: 422 });
  });

  it('ログイン（JWT取得）: curl -X POST /auth/login, as a form', async () => {
    const { status, body } = await form('/auth/login', 'username=testuser&password=testpass1234');
    expect([status, body]).toMatchObject([200, { access_token: expect.any(String), token_type: 'bearer' }]);
    const token = String(body['access_token']);
    expect(await ask('GET', '/auth/me', { token })).toMatchObject({ status: 200, body: { user_name: 'testuser' } });
    expect(await form('/auth/login', 'username=testuser&password=wrong')).toMatchObject({ status: 401 });
  });

  it('商品登録, 在庫登録: curl -X POST /products and /stock, by staff and not, as there, by everybody', async () => {
    const desk = { name: 'デスク', price: '15000', detail: '木製の学習机', category_id: 1 };
    const stock = { product_id: 1, stock: 50 };
    const body = await form('/auth/login', 'username=testuser&password=testpass1234');
    for (const token of [undefined, String(body.body['access_token'])]) {
      const status = token === undefined ? 401 : 403;
      const asked = token === undefined ? {} : { token };
      expect(await ask('POST', '/products', { ...asked, body: desk })).toMatchObject({ status });
      expect(await ask('POST', '/stock', { ...asked, body: stock })).toMatchObject({ status });
    }
    const token = installation.staff;
    const created = await ask('POST', '/products', { token, body: desk });
    const shown = { number: 1, name: 'デスク', price: 15_000, description: '木製の学習机', categoryId: 'cat_elec' };
    expect(created).toMatchObject({ status: 201, body: { ...shown, stock: 0 } });
    const stocked = await ask('POST', '/stock', { token, body: stock });
    expect(stocked).toMatchObject({ status: 201, body: { product_id: created.body.id, stock: 50 } });
    const { body: seen } = await ask('GET', '/products/1', { headers: seeing(stocked) });
    expect(seen).toMatchObject({ id: created.body.id, ...shown, stock: 50 });
    expect(await ask('POST', '/products', { token, body: { ...desk, category_id: 99 } })).toMatchObject({
      status: 422,
      body: { data: { categoryId: expect.any(String) } },
    });
  });
});
