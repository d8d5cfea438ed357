import type { Answer } from '#dev/testing';
import { seeing, startInstallation, type Installation } from './start-installation.ts';

const chinese = { 'accept-language': 'zh-TW' };
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/);

const earphones = {
  id: 'prod_001',
  name: '無線藍牙耳機',
  description: '高音質無線藍牙耳機，支援主動降噪功能...',
  shortDescription: '輕巧便攜',
  price: 1299,
  originalPrice: 1599,
  images: ['https://example.com/img1.jpg', 'https://example.com/img2.jpg'],
  thumbnail: 'https://example.com/thumb.jpg',
  categoryId: 'cat_elec',
  sku: 'HP-001',
  tags: ['熱銷', '新品'],
  featured: true,
  specifications: { 藍牙版本: '5.0', 續航力: '20小時', 重量: '250g' },
};

describe('002, the shop', () => {
  let installation: Installation;
  let ask: Installation['ask'];
  let stocked: Answer;

  beforeAll(async () => {
    installation = await startInstallation();
    ({ ask } = installation);
    await installation.ensureCategories();
    expect(await staff('POST', '/api/products', earphones)).toMatchObject({ status: 201 });
    stocked = await staff('POST', '/api/stock', { product_id: 'prod_001', stock: 100 });
  });

  afterAll(() => installation.stop());

  function staff(method: string, path: string, body: object = {}): Promise<Answer> {
    return ask(method, path, { token: installation.staff, body, headers: chinese });
  }

  describe('3. 商品模組 (Products)', () => {
    it('3.1 GET /api/products: 取得商品列表, newest first and without specifications', async () => {
      const shirt = { id: 'prod_003', name: '經典白T恤', price: 399, categoryId: 'cat_cloth' };
      const headers = seeing(await staff('POST', '/api/products', shirt));
      const { status, body } = await ask('GET', '/api/products', { headers });
      const { specifications: _, ...listed } = earphones;
      const more = { stock: 100, number: 1, discontinued: false, createdAt: time, updatedAt: time };
      expect([status, body]).toMatchObject([200, { total: 2, page: 1, limit: 20, hasMore: false }]);
      expect(body.products[0]).toMatchObject({ ...shirt, stock: 0, images: [], thumbnail: null, sku: null });
      expect(body.products[1]).toEqual({ ...listed, ...more });
      const first = await ask('GET', '/api/products?page=1&limit=1', { headers });
      expect(first.body).toMatchObject({ products: [{ id: 'prod_003' }], total: 2, page: 1, limit: 1, hasMore: true });
      for (const wrong of ['page=0', 'limit=0', 'limit=101', 'sort=oldest']) {
        const [field = ''] = wrong.split('=');
        const rejected = { status: 422, body: { statusMessage: '驗證失敗', data: { [field]: expect.any(String) } } };
        expect(await ask('GET', `/api/products?${wrong}`, { headers: chinese })).toMatchObject(rejected);
      }
    });

    it('3.1 GET /api/products: sort, search=耳機 and categoryId=cat_elec', async () => {
      const cable = { id: 'prod_005', name: '耳機延長線', price: 99, categoryId: 'cat_elec' };
      const headers = seeing(await staff('POST', '/api/products', cable));
      const idsOf = async (query: string) => {
        const { body } = await ask('GET', `/api/products?${query}`, { headers });
        return body.products.map(({ id }: { id: string }) => id) as string[];
      };
      expect(await idsOf('search=耳機&sort=price-asc')).toEqual(['prod_005', 'prod_001']);
      expect(await idsOf('search=耳機&sort=price-desc')).toEqual(['prod_001', 'prod_005']);
      expect(await idsOf('search=降噪')).toEqual(['prod_001']);
      expect(await idsOf('categoryId=cat_elec&page=1&limit=10')).toEqual(['prod_005', 'prod_001']);
      expect(await idsOf('categoryId=cat_food')).toEqual([]);
      await staff('POST', '/api/stock', { product_id: 'prod_001', stock: 1 });
      const bought = await staff('POST', '/api/items/prod_001/purchase');
      headers['consistency-token'] = seeing(bought)['consistency-token'] ?? '';
      expect(await idsOf('sort=popular&categoryId=cat_elec')).toEqual(['prod_001', 'prod_005']);
    });

    it('3.2 GET /api/products/:id: 取得商品詳情, by its id or number', async () => {
      const { status, body } = await ask('GET', '/api/products/prod_001', { headers: seeing(stocked) });
      const more = { number: 1, discontinued: false, createdAt: time, updatedAt: time };
      const terms = {
        saleStartsAt: null,
        saleEndsAt: null,
        purchaseLimit: null,
        openHoldsMax: null,
        heldUnitsMax: null,
      };
      expect([status, body]).toEqual([200, { ...earphones, stock: 100, ...more, ...terms, returnDays: 0 }]);
      expect(Object.keys(body.specifications)).toEqual(['藍牙版本', '續航力', '重量']);
      expect((await ask('GET', '/api/products/1')).body).toEqual(body);
    });

    it('3.2 GET /api/products/:id: 404 商品不存在', async () => {
      const answer = await ask('GET', '/api/products/prod_404', { headers: chinese });
      expect(answer).toMatchObject({ status: 404, body: { statusCode: 404, statusMessage: '商品不存在' } });
    });

    it('3.3 GET /api/categories: 取得分類列表', async () => {
      expect(await ask('GET', '/api/categories')).toMatchObject({
        status: 200,
        body: [
          { id: 'cat_elec', name: '電子產品', slug: 'electronics', description: '各類3C周邊', icon: 'device-icon' },
          { id: 'cat_cloth', name: '服飾配件', slug: 'clothing', description: '流行服飾', icon: 'shirt-icon' },
          { id: 'cat_home', name: '居家生活', slug: 'home', description: '居家用品', icon: 'home-icon' },
          { id: 'cat_food', name: '食品飲料', slug: 'food', description: '美食甜點', icon: 'food-icon' },
        ],
      });
      const [first] = (await ask('GET', '/api/categories')).body;
      expect(Object.keys(first)).toEqual(['id', 'name', 'slug', 'description', 'icon']);
    });

    it('3.3 the categories are those of a fresh installation, and are not created twice', async () => {
      const before = (await ask('GET', '/api/categories')).body;
      await installation.ensureCategories();
      await staff('DELETE', '/api/categories/cat_food');
      await installation.ensureCategories();
      const renamed = await staff('PATCH', '/api/categories/cat_home', { name: '居家' });
      await installation.ensureCategories();
      const now = (await ask('GET', '/api/categories', { headers: seeing(renamed) })).body;
      expect(now).toEqual([before[0], before[1], { ...before[2], name: '居家' }]);
    });
  });

  describe('1. 通用規範', () => {
    it('1.4 錯誤回應格式: a SKU that is taken, a category that does not exist', async () => {
      expect(await staff('POST', '/api/products', { name: '另一個', price: 1, sku: 'HP-001' })).toMatchObject({
        status: 409,
        body: { statusCode: 409, statusMessage: '商品編號 HP-001 已被使用', code: 'SKU_TAKEN' },
      });
      expect(await staff('POST', '/api/products', { name: '另一個', price: 1, categoryId: 'cat_404' })).toMatchObject({
        status: 422,
        body: { statusCode: 422, statusMessage: '驗證失敗', data: { categoryId: expect.any(String) } },
      });
    });

    it('1.5 驗證錯誤回應格式: each field that is wrong is named', async () => {
      const wrong = { name: '', price: -1, images: ['no url'], tags: 'x', specifications: { a: 1 }, sku: '' };
      const { status, body } = await staff('POST', '/api/products', wrong);
      expect([status, body.statusMessage, Object.keys(body.data).toSorted()]).toEqual([
        422,
        '驗證失敗',
        ['images', 'name', 'price', 'sku', 'specifications', 'tags'],
      ]);
    });
  });

  it('附錄 A: a soft delete hides a product from everybody, and restoring shows it again; staff has its history', async () => {
    await staff('POST', '/api/products', { id: 'prod_gone', name: '短暫', price: 1 });
    const deleted = await staff('DELETE', '/api/products/prod_gone');
    expect(await ask('GET', '/api/products/prod_gone', { headers: seeing(deleted) })).toMatchObject({ status: 404 });
    const path = '/api/products/prod_gone/history';
    const seen = { token: installation.staff, headers: seeing(deleted) };
    expect(await ask('GET', path, seen)).toMatchObject({
      status: 200,
      body: {
        productId: 'prod_gone',
        history: [
          {
            type: 'ItemCreated',
            actor: expect.stringMatching(/^user_/),
            at: time,
            changes: { name: '短暫', price: 1 },
          },
          { type: 'ItemDiscontinued', changes: {} },
        ],
        total: 2,
      },
    });
    const restored = await staff('POST', '/api/products/prod_gone/restore');
    expect(await ask('GET', '/api/products/prod_gone', { headers: seeing(restored) })).toMatchObject({ status: 200 });
    const first = await ask('GET', `${path}?limit=2`, { ...seen, headers: seeing(restored) });
    const next = await ask('GET', `${path}?limit=2&cursor=${first.body.nextCursor}`, seen);
    expect(next.body).toMatchObject({ history: [{ type: 'ItemReinstated' }], hasMore: false, nextCursor: null });
    expect(await ask('GET', path)).toMatchObject({ status: 401 });
    const newUser = { email: 'ming@example.com', password: 'password123', name: '王小明', phone: '0912345678' };
    const { token } = (await ask('POST', '/api/auth/register', { body: newUser })).body;
    expect(await ask('GET', path, { token })).toMatchObject({ status: 403 });
    expect(await ask('GET', '/api/products/prod_404/history', seen)).toMatchObject({ status: 404 });
  });
});
