import { seeing, startInstallation, type Installation } from './start-installation.ts';

const account = { user_name: 'testuser', password: 'testpass1234' };

describe('004, the microservices', () => {
  let installation: Installation;
  let ask: Installation['ask'];

  beforeAll(async () => {
    installation = await startInstallation();
    ({ ask } = installation);
    await installation.ensureCategories();
  });

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

  it('注文: curl -X POST "/order?product_id=…&quantity=2"', async () => {
    const buyer = { user_name: 'buyer', password: 'testpass1234' };
    await ask('POST', '/auth/signup', { body: buyer });
    const { body: login } = await form('/auth/login', 'username=buyer&password=testpass1234');
    const token = String(login['access_token']);
    const desk = { name: 'デスク', price: '15000', detail: '木製の学習机', category_id: 1 };
    const { body: product } = await ask('POST', '/products', { token: installation.staff, body: desk });
    await ask('POST', '/stock', { token: installation.staff, body: { product_id: product.number, stock: 50 } });
    const path = `/order?product_id=${product.number}&quantity=2`;
    const ordered = await ask('POST', path, { token });
    const { id: userId } = (await ask('GET', '/auth/me', { token })).body;
    const line = { id: product.id, name: 'デスク', price: 15_000, quantity: 2, thumbnail: null };
    const unpaid = { paymentMethod: null, shippingInfo: null, trackingNumber: null };
    const sums = { subtotal: 30_000, shipping: 0, discount: 0, total: 30_000 };
    expect([ordered.status, ordered.body]).toEqual([
      201,
      {
        id: expect.stringMatching(/^ord_[0-9a-f]{16}$/),
        orderNumber: expect.stringMatching(/^ORD-\d{8}-\d{4}$/),
        userId,
        items: [line],
        ...sums,
        status: 'pending',
        ...unpaid,
        createdAt: expect.any(String),
        updatedAt: expect.any(String),
      },
    ]);
    const headers = seeing(ordered);
    expect((await ask('GET', `/stock/${product.number}`, { headers })).body).toMatchObject({ stock: 48 });
    const seen = await ask('GET', `/orders/${ordered.body.id}`, { token, headers });
    expect([seen.status, seen.body]).toEqual([200, ordered.body]);
    expect(await ask('POST', path)).toMatchObject({ status: 401 });
    expect(await ask('POST', `/order?product_id=${product.number}&quantity=49`, { token })).toMatchObject({
      status: 400,
      body: { code: 'INSUFFICIENT_STOCK', data: { available: 48, requested: 49 } },
    });
    expect(await ask('POST', '/order?product_id=999999&quantity=1', { token })).toMatchObject({
      status: 400,
      body: { code: 'ITEM_UNKNOWN' },
    });
  });

  it('イベント: the order is processed and completed, without being shipped', async () => {
    const { body: login } = await ask('POST', '/auth/signup', {
      body: { user_name: 'waiter', password: 'testpass1234' },
    });
    const { staff } = installation;
    const { body: product } = await ask('POST', '/products', { token: staff, body: { name: '椅子', price: 1 } });
    await ask('POST', '/stock', { token: staff, body: { product_id: product.id, stock: 1 } });
    const { body: order } = await ask('POST', `/order?product_id=${product.id}&quantity=1`, { token: login.token });
    const change = (body: object) => ask('PATCH', `/orders/${order.id}/status`, { token: staff, body });
    expect(await change({ status: 'completed' })).toMatchObject({ status: 409, body: { code: 'ORDER_STATE' } });
    expect(await change({ status: 'processing' })).toMatchObject({ status: 200, body: { status: 'processing' } });
    expect(await change({ status: 'shipped', trackingNumber: 'JP1' })).toMatchObject({ status: 409 });
    const completed = await change({ status: 'completed' });
    expect(completed).toMatchObject({ status: 200, body: { status: 'completed', trackingNumber: null } });
    const { body } = await ask('GET', `/orders/${order.id}/history`, {
      token: login.token,
      headers: seeing(completed),
    });
    expect(body.history.map(({ type }: { type: string }) => type)).toEqual([
      'OrderSubmitted',
      'OrderPlaced',
      'OrderProcessingStarted',
      'OrderCompleted',
    ]);
  });
});
