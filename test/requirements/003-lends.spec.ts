import type { Answer } from '#dev/testing';
import { startInstallation, type Installation } from './start-installation.ts';

const chinese = { 'accept-language': 'zh-TW' };
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const ming = { email: 'user@example.com', password: 'password123', name: '王小明', phone: '0912345678' };

describe('003, lends of things', () => {
  let installation: Installation;
  let token: string;
  let user: number;
  let item: number;

  beforeAll(async () => {
    installation = await startInstallation();
    const { body } = await installation.ask('POST', '/api/auth/register', { body: ming });
    token = body.token;
    user = body.user.number;
    const created = await staff('POST', '/api/products', { id: 'prod_005', name: '鐵鎚', price: 100 });
    item = created.body.number;
    await staff('POST', '/api/products', { id: 'prod_never', name: '梯子', price: 100 });
    await staff('POST', '/api/stock', { product_id: 'prod_005', stock: 15 });
  });

  afterAll(() => installation.stop());

  function staff(method: string, path: string, body?: object): Promise<Answer> {
    return installation.ask(method, path, { token: installation.staff, body, headers: chinese });
  }

  function lend(given: object = {}): Promise<Answer> {
    return staff('POST', '/api/lends', { user_id: user, item_id: item, qty: 10, from_inventory_id: 1, ...given });
  }

  function giveBack(id: number): Promise<Answer> {
    return staff('PUT', `/api/lends/${id}/return`);
  }

  describe('1. 借出物品: POST /api/lends', () => {
    it('請求參數, 成功響應', async () => {
      const { status, body } = await lend();
      expect([status, body]).toMatchObject([
        201,
        {
          lend_id: expect.any(Number),
          user_id: user,
          item_id: item,
          qty: 10,
          from_inventory_id: 1,
          lend_at: time,
          returned_at: null,
        },
      ]);
      await giveBack(body.lend_id);
    });

    it('庫存不足：目前庫存 5，需要 10', async () => {
      const first = await lend();
      const { status, body } = await lend();
      expect([status, body]).toMatchObject([
        400,
        {
          statusMessage: '庫存不足：目前庫存 5，需要 10',
          code: 'INSUFFICIENT_STOCK',
          data: { available: 5, requested: 10 },
        },
      ]);
      await giveBack(first.body.lend_id);
    });

    it('此庫存中沒有該物品', async () => {
      const { status, body } = await lend({ item_id: 'prod_never' });
      expect([status, body]).toMatchObject([400, { statusMessage: '此庫存中沒有該物品', code: 'NOT_IN_INVENTORY' }]);
    });

    it('測試庫存不足: qty 999999', async () => {
      const { status, body } = await lend({ qty: 999_999 });
      expect([status, body]).toMatchObject([400, { statusMessage: '庫存不足：目前庫存 15，需要 999999' }]);
    });
  });

  describe('2. 歸還物品: PUT /api/lends/:id/return', () => {
    it('成功響應, without a body', async () => {
      const { body: lent } = await lend();
      const { status, body } = await giveBack(lent.lend_id);
      expect([status, body]).toEqual([200, { ...lent, returned_at: time, returned_qty: 10 }]);
    });

    it('此物品已經歸還過了', async () => {
      const { body: lent } = await lend();
      await giveBack(lent.lend_id);
      const { status, body } = await giveBack(lent.lend_id);
      expect([status, body]).toMatchObject([409, { statusMessage: '此物品已經歸還過了', code: 'ALREADY_RETURNED' }]);
    });

    it('借出記錄不存在', async () => {
      for (const id of [999_999, 0, -1, 'x', '1e3', '9'.repeat(20)]) {
        const { status, body } = await staff('PUT', `/api/lends/${id}/return`);
        expect([status, body]).toMatchObject([404, { statusMessage: '借出記錄不存在', code: 'LEND_NOT_FOUND' }]);
      }
    });

    it('the borrower returns it too, and nobody else', async () => {
      const { body: lent } = await lend();
      const other = await installation.ask('POST', '/api/auth/register', { body: { ...ming, email: 'b@example.com' } });
      const path = `/api/lends/${lent.lend_id}/return`;
      expect((await installation.ask('PUT', path, { token: other.body.token })).status).toBe(404);
      expect((await installation.ask('PUT', path, { token })).status).toBe(200);
    });
  });
});
