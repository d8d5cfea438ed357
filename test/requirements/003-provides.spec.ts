import type { Answer } from '#dev/testing';
import { seeing, startInstallation, type Installation } from './start-installation.ts';

const chinese = { 'accept-language': 'zh-TW' };
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

describe('003, what is provided to inventories', () => {
  let installation: Installation;
  let ask: Installation['ask'];
  let ming: { token: string; number: number };
  let hua: { token: string; number: number };
  let item: { id: string; number: number };

  beforeAll(async () => {
    installation = await startInstallation();
    ({ ask } = installation);
    ming = await registered('ming@example.com');
    hua = await registered('hua@example.com');
    const { body } = await ask('POST', '/api/products', {
      token: installation.staff,
      body: { name: '帳篷', price: 100 },
    });
    item = body as typeof item;
  });

  afterAll(() => installation.stop());

  async function registered(email: string): Promise<{ token: string; number: number }> {
    const person = { email, password: 'password123', name: '王小明', phone: '0912345678' };
    const { body } = await ask('POST', '/api/auth/register', { body: person });
    return { token: body.token, number: body.user.number };
  }

  function post(path: string, body: object, token = ming.token): Promise<Answer> {
    return ask('POST', path, { token, body, headers: chinese });
  }

  async function openedBy(token: string, more: object = {}): Promise<number> {
    return (await post('/api/inventories', { name: '物資站', ...more }, token)).body.inventory_id as number;
  }

  async function stockIn(inventoryId: number, after: Answer): Promise<number> {
    const path = `/api/stock/${item.id}?inventory_id=${inventoryId}`;
    return (await ask('GET', path, { headers: seeing(after) })).body.stock as number;
  }

  describe('3. 物資提供 (Provide Item): POST /api/provides', () => {
    it('請求參數, 成功響應: 創建提供記錄, 增加庫存數量', async () => {
      const inventoryId = await openedBy(hua.token);
      const body = { user_id: ming.number, item_id: item.number, qty: 50, inventory_id: inventoryId };
      const provided = await post('/api/provides', body);
      expect([provided.status, provided.body]).toEqual([
        201,
        {
          provide_id: expect.any(Number),
          user_id: ming.number,
          item_id: item.number,
          qty: 50,
          provide_date: time,
          inventory_id: inventoryId,
        },
      ]);
      expect(await stockIn(inventoryId, provided)).toBe(50);
      const second = await post('/api/provides', { ...body, qty: 5 });
      expect(second.body.provide_id).toBeGreaterThan(provided.body.provide_id as number);
      expect(await stockIn(inventoryId, second)).toBe(55);
      const listed = await ask('GET', '/api/provides', { token: ming.token, headers: seeing(second) });
      expect(listed).toMatchObject({ status: 200, body: { provides: [second.body, provided.body], total: 2 } });
    });

    it('目標庫存 1: staff only, since it is where sales come from', async () => {
      const body = { item_id: item.number, qty: 50, inventory_id: 1 };
      expect(await post('/api/provides', body)).toMatchObject({
        status: 409,
        body: { code: 'INVENTORY_TAKES_NOTHING', statusMessage: '此庫存不接受物資提供' },
      });
      const provided = await post('/api/provides', { ...body, user_id: ming.number }, installation.staff);
      expect(provided).toMatchObject({ status: 201, body: { user_id: ming.number, qty: 50, inventory_id: 1 } });
      expect(await stockIn(1, provided)).toBe(50);
    });

    it.each([{}, { inventory_id: null }])('錯誤情況: 缺少庫存 ID, %j', async (more) => {
      const answer = await post('/api/provides', { user_id: ming.number, item_id: item.number, qty: 50, ...more });
      expect(answer).toMatchObject({
        status: 400,
        body: {
          statusCode: 400,
          code: 'INVENTORY_ID_MISSING',
          statusMessage: '必須指定庫存 ID (inventory_id)',
          data: null,
        },
      });
    });

    it('an item that does not exist is 400, an inventory that does not is 404', async () => {
      const inventoryId = await openedBy(hua.token);
      for (const item_id of [99_999, '99999', 'prod_404']) {
        expect(await post('/api/provides', { item_id, qty: 1, inventory_id: inventoryId })).toMatchObject({
          status: 400,
          body: { code: 'ITEM_UNKNOWN', data: { itemId: String(item_id) } },
        });
      }
      expect(await post('/api/provides', { item_id: item.id, qty: 1, inventory_id: 99_999 })).toMatchObject({
        status: 404,
        body: { code: 'INVENTORY_NOT_FOUND', statusMessage: '庫存不存在' },
      });
    });

    it.each([
      [{ qty: 0 }, 'qty'],
      [{ qty: -1 }, 'qty'],
      [{ qty: 1.5 }, 'qty'],
      [{ qty: '50' }, 'qty'],
      [{ item_id: undefined }, 'item_id'],
      [{ user_id: 'a b' }, 'user_id'],
    ])('422: %j', async (wrong, field) => {
      const body = { item_id: item.number, qty: 1, inventory_id: 1, ...wrong };
      expect(await post('/api/provides', body)).toMatchObject({
        status: 422,
        body: { statusMessage: '驗證失敗', data: { [field]: expect.any(String) } },
      });
    });
  });

  describe('6. 創建庫存 (Create Inventory): POST /api/inventories', () => {
    it('插入庫存記錄, 創建庫存擁有者關聯', async () => {
      const { status, body } = await post('/api/inventories', { name: '物資站' });
      expect([status, body]).toEqual([
        201,
        {
          inventory_id: expect.any(Number),
          name: '物資站',
          description: '',
          owner_id: ming.number,
          lends: true,
          takesProvides: true,
          defaultLendSeconds: null,
          renewalsMax: 0,
          openLendsMax: null,
          lentUnitsMax: null,
          overdueLendsMax: null,
          created_at: time,
        },
      ]);
    });
  });
});
