import { itemStock, stockStream } from '#domain';
import { createRedis, untilConnected } from '#platform';
import { until, type Answer } from '#dev/testing';
import { seeing, startInstallation, type Installation } from './start-installation.ts';

const ming = { email: 'ming@example.com', password: 'password', name: '王小明', phone: '0912345678' };
const tokens = { token: expect.any(String), refreshToken: expect.any(String), expiresIn: 3600 };
const chinese = { 'accept-language': 'zh-TW' };

describe('000, the flash sale', () => {
  let installation: Installation;
  let ask: Installation['ask'];
  let staff: string;
  let token: string;
  let refreshToken: string;

  beforeAll(async () => {
    installation = await startInstallation();
    ({ ask, staff } = installation);
    const { body } = await ask('POST', '/api/v1/auth/register', { body: ming });
    ({ token, refreshToken } = body);
  });

  afterAll(() => installation.stop());

  async function item(id: string, stock: number): Promise<Answer> {
    await ask('POST', '/api/v1/products', { token: staff, body: { id, name: '限量商品', price: 1299 } });
    return ask('POST', '/api/v1/stock', { token: staff, body: { product_id: id, stock } });
  }

  function purchase(idOrNumber: string | number, body: object = {}): Promise<Answer> {
    return ask('POST', `/api/v1/items/${idOrNumber}/purchase`, { token, body, headers: chinese });
  }

  describe('API 端點', () => {
    it('POST /auth/register: 使用者註冊', async () => {
      const body = { ...ming, email: 'second@example.com' };
      expect(await ask('POST', '/api/v1/auth/register', { body })).toMatchObject({
        status: 200,
        body: { ...tokens, user: { email: body.email, name: ming.name } },
      });
      expect(await ask('POST', '/api/v1/auth/register', { body })).toMatchObject({ status: 422 });
    });

    it('POST /auth/login: 使用者登入並獲取 JWT Token', async () => {
      const { email, password } = ming;
      const answer = await ask('POST', '/api/v1/auth/login', { body: { email, password } });
      expect(answer).toMatchObject({ status: 200, body: tokens });
      expect(answer.body.token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
      const wrong = { email, password: 'wrong' };
      expect(await ask('POST', '/api/v1/auth/login', { body: wrong })).toMatchObject({ status: 401 });
    });

    it('POST /auth/me: 獲取當前認證使用者資訊', async () => {
      const me = { status: 200, body: { email: ming.email, name: ming.name } };
      expect(await ask('POST', '/api/v1/auth/me', { token })).toMatchObject(me);
      expect(await ask('GET', '/api/v1/auth/me', { token })).toMatchObject(me);
      expect(await ask('POST', '/api/v1/auth/me')).toMatchObject({ status: 401 });
    });

    it('POST /auth/logout: 使用者登出，使 JWT Token 失效', async () => {
      const { email, password } = ming;
      const { body } = await ask('POST', '/api/v1/auth/login', { body: { email, password } });
      expect(await ask('POST', '/api/v1/auth/logout', { token: body.token, headers: chinese })).toMatchObject({
        status: 200,
        body: { message: '登出成功' },
      });
      expect(await ask('POST', '/api/v1/auth/me', { token: body.token })).toMatchObject({ status: 401 });
      expect(await ask('GET', '/api/v1/auth/me', { token: body.token })).toMatchObject({ status: 401 });
      expect(await ask('POST', '/api/v1/auth/logout')).toMatchObject({ status: 401 });
    });

    it('POST /auth/refresh: 刷新 JWT Token, by the refresh token as the bearer and not, as there, by the old one', async () => {
      const rejected = await ask('POST', '/api/v1/auth/refresh', { token });
      expect(rejected).toMatchObject({ status: 401, body: { code: 'TOKEN_INVALID' } });
      const refreshed = await ask('POST', '/api/v1/auth/refresh', { token: refreshToken });
      expect([refreshed.status, refreshed.body]).toEqual([200, tokens]);
      expect(await ask('POST', '/api/v1/auth/me', { token: refreshed.body.token })).toMatchObject({ status: 200 });
    });

    it('GET /items: 獲取所有商品列表', async () => {
      await item('prod_listed', 3);
      await item('prod_sold_out', 1);
      const headers = seeing(await purchase('prod_sold_out'));
      const { status, body } = await ask('GET', '/api/v1/items', { headers });
      expect(status).toBe(200);
      expect(body.items).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ id: 'prod_listed', name: '限量商品', price: 1299, stock: 3 }),
          expect.objectContaining({ id: 'prod_sold_out', stock: 0 }),
        ]),
      );
    });

    it('GET /items/{item}: 獲取單一商品詳情', async () => {
      const headers = seeing(await item('prod_single', 5));
      const { status, body } = await ask('GET', '/api/v1/items/prod_single', { headers });
      expect([status, body]).toMatchObject([200, { id: 'prod_single', price: 1299, stock: 5 }]);
      expect((await ask('GET', `/api/v1/items/${body.number}`)).body).toEqual(body);
      expect(await ask('GET', '/api/v1/items/999999')).toMatchObject({ status: 404 });
    });

    it('POST /items/{item}/purchase: 購買指定商品並扣減庫存', async () => {
      const headers = seeing(await item('prod_bought', 5));
      const { body } = await ask('GET', '/api/v1/items/prod_bought', { headers });
      expect(await purchase(body.number, { quantity: 2 })).toMatchObject({
        status: 201,
        body: { purchaseId: expect.any(String), itemId: 'prod_bought', quantity: 2, remaining: 3 },
      });
      const bought = await purchase('prod_bought');
      expect(bought).toMatchObject({ status: 201, body: { quantity: 1, remaining: 2 } });
      const left = await ask('GET', '/api/v1/items/prod_bought', { headers: seeing(bought) });
      expect(left).toMatchObject({ status: 200, body: { stock: 2 } });
      expect(await ask('POST', '/api/v1/items/prod_bought/purchase')).toMatchObject({ status: 401 });
      for (const quantity of [0, -1, 1.5, '1']) {
        expect(await purchase('prod_bought', { quantity })).toMatchObject({ status: 422 });
      }
    });
  });

  describe('功能特性', () => {
    it('防止超賣: of more buyers than units, as many are served as there are units', async () => {
      await item('prod_flash', 10);
      const answers = await Promise.all(Array.from({ length: 40 }, () => purchase('prod_flash')));
      const remaining = answers.filter(({ status }) => status === 201).map(({ body }) => body.remaining as number);
      expect(remaining.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      expect(answers.filter(({ body }) => body.code === 'INSUFFICIENT_STOCK')).toHaveLength(30);
    });

    it('自定義錯誤處理: a status and a message that say what is wrong', async () => {
      await item('prod_scarce', 5);
      const answer = await purchase('prod_scarce', { quantity: 10 });
      expect([answer.status, answer.body]).toEqual([
        400,
        {
          statusCode: 400,
          statusMessage: '商品庫存不足',
          code: 'INSUFFICIENT_STOCK',
          data: { available: 5, requested: 10 },
          requestId: expect.any(String),
        },
      ]);
    });

    it('軟刪除: 已軟刪除的商品無法被購買', async () => {
      await item('prod_deleted', 5);
      const deleted = await ask('DELETE', '/api/v1/products/prod_deleted', { token: staff });
      expect(deleted).toMatchObject({ status: 200, body: { discontinued: true } });
      expect(await purchase('prod_deleted')).toMatchObject({ status: 404 });
      const headers = seeing(deleted);
      expect(await ask('GET', '/api/v1/items/prod_deleted', { headers })).toMatchObject({ status: 404 });
      await ask('POST', '/api/v1/products/prod_deleted/restore', { token: staff });
      expect(await purchase('prod_deleted')).toMatchObject({ status: 201, body: { remaining: 4 } });
    });

    it('庫存保護: 確保庫存值永不為負數', async () => {
      await item('prod_kept', 2);
      await purchase('prod_kept');
      const less = { delta: -2, reason: 'lost' };
      const adjusted = await ask('POST', '/api/v1/stock/prod_kept/adjustments', { token: staff, body: less });
      expect(adjusted).toMatchObject({ status: 400, body: { data: { available: 1, requested: 2 } } });
      expect(await purchase('prod_kept', { quantity: 2 })).toMatchObject({ status: 400 });
      expect(await purchase('prod_kept')).toMatchObject({ status: 201, body: { remaining: 0 } });
    });
  });

  describe('常見問題', () => {
    it('3. 庫存不一致: app:sync-stock is holdfast stock sync, for all items or for one by its number', async () => {
      const headers = seeing(await item('prod_synced', 7));
      const { body } = await ask('GET', '/api/v1/items/prod_synced', { headers });
      const shown = async () => (await ask('GET', '/api/v1/items/prod_synced')).body.stock;
      await until(shown, (stock) => stock === 7);
      for (const args of [[], [String(body.number)]]) {
        await falsify(stockStream(itemStock('prod_synced')), '"available":7', '"available":99');
        expect(await shown()).toBe(99);
        const synced = await installation.system.cli(['stock', 'sync', ...args, '--json']);
        expect([synced.exitCode, JSON.parse(synced.stdout)]).toMatchObject([
          0,
          [{ was: { available: 99 }, is: { available: 7 } }],
        ]);
        expect(await shown()).toBe(7);
      }
      expect(await installation.system.cli(['stock', 'sync', '999999'])).toMatchObject({ exitCode: 1 });
    });
  });

  /** Makes what Redis says of a stock wrong. */
  async function falsify(stock: string, right: string, wrong: string): Promise<void> {
    const redis = createRedis(installation.system.env['REDIS_URL'] ?? '');
    await untilConnected(redis);
    for (const key of await redis.keys('*')) {
      const row = (await redis.type(key)) === 'hash' ? await redis.hget(key, stock) : null;
      if (row !== null) await redis.hset(key, stock, row.replace(right, wrong));
    }
    redis.disconnect();
  }
});
