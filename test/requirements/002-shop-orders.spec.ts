import type { Answer } from '#dev/testing';
import { seeing, startInstallation, type Installation } from './start-installation.ts';

const chinese = { 'accept-language': 'zh-TW' };
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/);
const ming = { email: 'user@example.com', password: 'password123', name: '王小明', phone: '0912345678' };

const products = [
  { id: 'prod_001', name: '無線藍牙耳機', price: 1299, thumbnail: 'https://example.com/thumb.jpg' },
  { id: 'prod_003', name: '經典白T恤', price: 399, thumbnail: 'https://example.com/thumb3.jpg' },
  { id: 'prod_scarce', name: '限量商品', price: 1, thumbnail: 'https://example.com/thumb.jpg' },
];
const shippingInfo = {
  recipientName: '王小明',
  recipientPhone: '0912345678',
  city: '台北市',
  district: '信義區',
  address: '市府路1號',
  postalCode: '110',
};
const example = {
  items: [
    { id: 'prod_001', quantity: 2 },
    { id: 'prod_003', quantity: 1 },
  ],
  shippingInfo,
  paymentMethod: 'credit_card',
};

describe('002, the orders of the shop', () => {
  let installation: Installation;
  let ask: Installation['ask'];
  let userId: string;
  let token: string;
  let other: string;

  beforeAll(async () => {
    installation = await startInstallation();
    ({ ask } = installation);
    ({ token, userId } = await registered(ming.email));
    ({ token: other } = await registered('other@example.com'));
    for (const product of products) {
      await staff('POST', '/api/products', product);
      await staff('POST', '/api/stock', { product_id: product.id, stock: 100 });
    }
  });

  afterAll(() => installation.stop());

  async function registered(email: string): Promise<{ token: string; userId: string }> {
    const { body } = await ask('POST', '/api/auth/register', { body: { ...ming, email } });
    return { token: body.token, userId: body.user.id };
  }

  function staff(method: string, path: string, body: object): Promise<Answer> {
    return ask(method, path, { token: installation.staff, body });
  }

  function order(body: object, by = token): Promise<Answer> {
    return ask('POST', '/api/orders', { token: by, body, headers: chinese });
  }

  function get(path: string, by: string | undefined, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return ask('GET', path, { ...(by === undefined ? {} : { token: by }), headers: { ...chinese, ...headers } });
  }

  describe('4.1 建立訂單: POST /api/orders', () => {
    it('請求範例, 成功回應 (201 Created)', async () => {
      const { status, headers, body } = await order(example);
      expect([status, body]).toEqual([
        201,
        {
          id: expect.stringMatching(/^ord_[0-9a-f]{16}$/),
          userId,
          orderNumber: expect.stringMatching(/^ORD-\d{8}-\d{4}$/),
          items: [
            {
              id: 'prod_001',
              name: '無線藍牙耳機',
              price: 1299,
              quantity: 2,
              thumbnail: 'https://example.com/thumb.jpg',
            },
            { id: 'prod_003', name: '經典白T恤', price: 399, quantity: 1, thumbnail: 'https://example.com/thumb3.jpg' },
          ],
          subtotal: 2997,
          shipping: 0,
          discount: 0,
          total: 2997,
          status: 'pending',
          paymentMethod: 'credit_card',
          shippingInfo,
          trackingNumber: null,
          createdAt: time,
          updatedAt: time,
        },
      ]);
      const taipei = new Date(Date.parse(body.createdAt) + 8 * 3_600_000).toISOString().slice(0, 10);
      expect(body.orderNumber.slice(4, 12)).toBe(taipei.replaceAll('-', ''));
      expect(headers.get('location')).toBe(`/api/v1/orders/${body.id}`);
    });

    /** Of a product, after everything that was ordered before: the write is the last one by then. */
    async function stockOf(id: string): Promise<number> {
      const provided = await staff('POST', '/api/stock', { product_id: id, stock: 1 });
      return (await get(`/api/products/${id}`, undefined, seeing(provided))).body.stock as number;
    }

    it('系統會自動驗證商品庫存: what is ordered is not there for others any more', async () => {
      const before = await stockOf('prod_001');
      const placed = await order({ ...example, items: [{ id: 'prod_001', quantity: 3 }] });
      const now = await get('/api/products/prod_001', undefined, seeing(placed));
      expect(now.body.stock).toBe(before - 3);
    });

    it('運費計算規則: 訂單金額 ≥ 1000 元免運費, < 1000 元運費 60 元', async () => {
      for (const [price, shipping] of [
        [999, 60],
        [1000, 0],
      ] as const) {
        const { body } = await staff('POST', '/api/products', { name: '運費', price });
        await staff('POST', '/api/stock', { product_id: body.id, stock: 1 });
        const placed = await order({ ...example, items: [{ id: body.id, quantity: 1 }] });
        expect(placed).toMatchObject({ status: 201, body: { subtotal: price, shipping, total: price + shipping } });
      }
    });

    it.each(['credit_card', 'atm', 'cod'])('付款方式 (paymentMethod): %s', async (paymentMethod) => {
      expect(await order({ ...example, paymentMethod })).toMatchObject({ status: 201, body: { paymentMethod } });
    });

    it.each([
      ['商品不存在', 'ITEM_UNKNOWN', [{ id: 'prod_404', quantity: 1 }], { itemId: 'prod_404' }],
      [
        '商品庫存不足',
        'INSUFFICIENT_STOCK',
        [{ id: 'prod_scarce', quantity: 101 }],
        { itemId: 'prod_scarce', available: 100, requested: 101 },
      ],
      ['商品項目為空', 'ORDER_EMPTY', [], null],
    ])('錯誤回應 400: %s', async (statusMessage, code, items, data) => {
      const { status, body } = await order({ ...example, items });
      const requestId = expect.any(String);
      expect([status, body]).toEqual([400, { statusCode: 400, statusMessage, code, data, requestId }]);
    });

    it('錯誤回應 400: an order of which one product is not there takes nothing of the others', async () => {
      const before = await stockOf('prod_003');
      const items = [
        { id: 'prod_003', quantity: 1 },
        { id: 'prod_scarce', quantity: 101 },
      ];
      expect(await order({ ...example, items })).toMatchObject({ status: 400 });
      const placed = await order({ ...example, items: [{ id: 'prod_003', quantity: 1 }] });
      expect((await get('/api/products/prod_003', undefined, seeing(placed))).body.stock).toBe(before - 1);
    });

    it('錯誤回應 401: 未認證', async () => {
      expect(await ask('POST', '/api/orders', { body: example, headers: chinese })).toMatchObject({
        status: 401,
        body: { statusCode: 401, statusMessage: '未提供認證 Token', data: null },
      });
      expect(await order(example, 'x')).toMatchObject({ status: 401, body: { statusMessage: 'Token 無效或已過期' } });
    });

    it.each([
      [{}, ['items', 'paymentMethod', 'shippingInfo']],
      [{ ...example, items: { id: 'prod_001', quantity: 1 } }, ['items']],
      [{ ...example, items: [{}] }, ['items.0.id', 'items.0.quantity']],
      [{ ...example, items: [...example.items, { id: 'prod_001', quantity: 0 }] }, ['items.2.quantity']],
      [{ ...example, items: [{ id: 'prod_001', quantity: '1' }] }, ['items.0.quantity']],
      [{ ...example, items: [{ id: 'prod_001', quantity: 1.5 }] }, ['items.0.quantity']],
      [{ ...example, paymentMethod: 'cash' }, ['paymentMethod']],
      [{ ...example, shippingInfo: '市府路1號' }, ['shippingInfo']],
      [{ ...example, shippingInfo: {} }, Object.keys(shippingInfo).map((field) => `shippingInfo.${field}`)],
      [{ ...example, shippingInfo: { ...shippingInfo, city: '' } }, ['shippingInfo.city']],
    ])('錯誤回應 422: 驗證失敗, %j', async (body, fields) => {
      const answer = await order(body);
      expect(answer).toMatchObject({ status: 422, body: { statusCode: 422, statusMessage: '驗證失敗' } });
      expect(Object.keys(answer.body.data).toSorted()).toEqual(fields.toSorted());
    });
  });

  describe('4.2 取得訂單列表: GET /api/orders', () => {
    it('成功回應 (200 OK): the newest first, ten on a page, and none of others', async () => {
      const { token: buyer } = await registered('buyer@example.com');
      const placed: Answer[] = [];
      while (placed.length < 11) placed.push(await order(example, buyer));
      const last = placed[10] as Answer;
      const { status, body } = await get('/api/orders', buyer, seeing(last));
      expect([status, body]).toEqual([
        200,
        { orders: expect.any(Array), total: 11, page: 1, limit: 10, hasMore: true, nextCursor: expect.any(String) },
      ]);
      const listed = (answer: Answer) => {
        const { id, orderNumber, total, status: is, createdAt } = answer.body;
        return { id, orderNumber, total, status: is, createdAt };
      };
      expect(body.orders).toEqual(placed.slice(1).toReversed().map(listed));
      const second = await get('/api/orders?page=2&limit=10', buyer);
      expect(second.body).toMatchObject({ orders: placed.slice(0, 1).map(listed), total: 11, page: 2, limit: 10 });
      expect(await get('/api/orders', other)).toMatchObject({ status: 200, body: { orders: [], total: 0 } });
    });

    it('訂單狀態 (status)', async () => {
      const { token: buyer } = await registered('filter@example.com');
      const wanted: Record<string, string> = {};
      let last: Answer | undefined;
      const steps = ['processing', 'shipped', 'completed'];
      for (const status of ['pending', ...steps, 'cancelled']) {
        last = await order(example, buyer);
        const { id } = last.body as { id: string };
        wanted[status] = id;
        for (const next of steps.slice(0, steps.indexOf(status) + 1)) {
          const tracked = next === 'shipped' ? { trackingNumber: 'TW123456789' } : {};
          last = await staff('PATCH', `/api/orders/${id}/status`, { status: next, ...tracked });
        }
        if (status === 'cancelled') last = await ask('POST', `/api/orders/${id}/cancel`, { token: buyer });
        expect(last.body.status).toBe(status);
      }
      const headers = last === undefined ? {} : seeing(last);
      for (const [status, id] of Object.entries(wanted)) {
        const { body } = await get(`/api/orders?status=${status}`, buyer, headers);
        expect(body).toMatchObject({ orders: [{ id, status }], total: 1 });
      }
    });

    it('Query Parameters: 每頁數量（1-100）', async () => {
      expect(await get('/api/orders?limit=100', token)).toMatchObject({ status: 200, body: { limit: 100 } });
      for (const wrong of ['page=0', 'limit=0', 'limit=101', 'limit=x', 'status=lost']) {
        const [field = ''] = wrong.split('=');
        const rejected = { status: 422, body: { statusMessage: '驗證失敗', data: { [field]: expect.any(String) } } };
        expect(await get(`/api/orders?${wrong}`, token)).toMatchObject(rejected);
      }
    });

    it('認證 ✅ 需要', async () => {
      expect(await get('/api/orders', undefined)).toMatchObject({
        status: 401,
        body: { statusMessage: '未提供認證 Token' },
      });
    });
  });

  describe('4.3 取得訂單詳情: GET /api/orders/:id', () => {
    it('成功回應 (200 OK): what placing it answered', async () => {
      const placed = await order({ ...example, items: [{ id: 'prod_001', quantity: 2 }] });
      const { status, body } = await get(`/api/orders/${placed.body.id}`, token, seeing(placed));
      expect([status, body]).toEqual([200, placed.body]);
      expect(Object.keys(body)).toEqual(Object.keys(placed.body));
      expect(body).toMatchObject({ subtotal: 2598, shipping: 0, discount: 0, total: 2598, shippingInfo });
    });

    it('錯誤回應 401: 未認證', async () => {
      expect(await get('/api/orders/ord_20251201a1b2c3d4', undefined)).toMatchObject({ status: 401 });
    });

    it('錯誤回應 404: 訂單不存在（或無權限查看）', async () => {
      const notFound = { status: 404, body: { statusCode: 404, statusMessage: '訂單不存在', data: null } };
      expect(await get('/api/orders/ord_20251201a1b2c3d4', token)).toMatchObject(notFound);
      const placed = await order(example);
      expect(await get(`/api/orders/${placed.body.id}`, other, seeing(placed))).toMatchObject(notFound);
    });
  });

  it('附錄 A: 物流追蹤碼, once it is shipped', async () => {
    const { body } = await order(example);
    const path = `/api/orders/${body.id}`;
    await staff('PATCH', `${path}/status`, { status: 'processing' });
    const shipped = await staff('PATCH', `${path}/status`, { status: 'shipped', trackingNumber: 'TW123456789' });
    const wanted = { status: 'shipped', trackingNumber: 'TW123456789', updatedAt: shipped.body.updatedAt };
    expect((await get(path, token, seeing(shipped))).body).toEqual({ ...body, ...wanted });
  });
});
