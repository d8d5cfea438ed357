import type { Answer } from '#dev/testing';
import { seeing, startInstallation, type Installation } from './start-installation.ts';

const chinese = { 'accept-language': 'zh-TW' };
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/);

interface Person {
  readonly token: string;
  readonly id: string;
  readonly number: number;
}

describe('003, requests and who accepts them', () => {
  let installation: Installation;
  let ask: Installation['ask'];
  let ann: Person;
  let bob: Person;
  /** The numbers of two items. */
  let water: number;
  let blankets: number;

  beforeAll(async () => {
    installation = await startInstallation();
    ({ ask } = installation);
    [ann, bob] = await Promise.all([registered('ann@example.com'), registered('bob@example.com')]);
    [water, blankets] = await Promise.all([item('飲用水'), item('毛毯')]);
  });

  afterAll(() => installation.stop());

  async function registered(email: string): Promise<Person> {
    const body = { email, password: 'password123', name: '王小明', phone: '0912345678' };
    const { body: made } = await ask('POST', '/api/auth/register', { body });
    const { stdout } = await installation.system.cli(['users', 'list', '--json']);
    const listed = JSON.parse(stdout) as readonly { id: string; number: number }[];
    const number = listed.find(({ id }) => id === made.user.id)?.number ?? 0;
    return { token: made.token, id: made.user.id, number };
  }

  async function item(name: string): Promise<number> {
    const made = await ask('POST', '/api/products', { token: installation.staff, body: { name, price: 1 } });
    const read = await ask('GET', `/api/products/${made.body.id}`, { headers: seeing(made) });
    return read.body.number as number;
  }

  function send(path: string, body: object, by: { readonly token: string } = ann): Promise<Answer> {
    return ask('POST', path, { token: by.token, body, headers: chinese });
  }

  /** Makes a request and returns its number. */
  async function requested(body: object): Promise<number> {
    return (await send('/api/requests', body)).body.request_id as number;
  }

  function accept(body: object, by: { readonly token: string } = bob): Promise<Answer> {
    return send('/api/request-accepters', body, by);
  }

  async function get(path: string, after: Answer): Promise<Answer> {
    return ask('GET', path, { token: bob.token, headers: { ...chinese, ...seeing(after) } });
  }

  const needed = () => [
    { item_id: water, qty: 30 },
    { item_id: blankets, qty: 20 },
  ];

  describe('4. 接受需求: POST /api/request-accepters', () => {
    it('請求參數（物資/工具需求）, 成功響應', async () => {
      const request_id = await requested({ type: 'Material', items: needed() });
      await accept({ request_id, items: [{ item_id: water, qty: 10 }] });
      await accept({ request_id, items: [{ item_id: blankets, qty: 5 }] });
      const items = [
        { item_id: water, qty: 20 },
        { item_id: blankets, qty: 15 },
      ];
      const { status, body } = await accept({ request_id, accepter_id: bob.number, items });
      expect([status, body]).toEqual([
        201,
        {
          accepter: { id: expect.any(Number), request_id, accepter_id: bob.number, created_at: time },
          request: {
            request_id,
            requester_id: ann.number,
            type: 'Material',
            status: 'Completed',
            required_qty: 50,
            current_qty: 50,
            items: [
              { item_id: water, required_qty: 30, current_qty: 30 },
              { item_id: blankets, required_qty: 20, current_qty: 20 },
            ],
            title: null,
            place: null,
            when: null,
            note: null,
            acceptance_count: 3,
            created_at: time,
            updated_at: time,
          },
          qtyAccepted: 35,
        },
      ]);
    });

    it('請求參數（人力需求）', async () => {
      const request_id = await requested({ type: 'Humanpower', required_qty: 8 });
      const accepted = await accept({ request_id, accepter_id: bob.number, qty: 5 });
      expect(accepted).toMatchObject({
        status: 201,
        body: { request: { request_id, status: 'Not Completed', required_qty: 8, current_qty: 5 }, qtyAccepted: 5 },
      });
      const { body } = await get(`/api/requests/${request_id}`, accepted);
      const acceptance = { ...accepted.body.accepter, qty: 5, items: [] };
      expect(body).toEqual({ ...accepted.body.request, acceptances: [acceptance] });
    });

    it('錯誤情況: 需求不存在', async () => {
      for (const request_id of [999_999, '999999', 'nowhere']) {
        const { status, body } = await accept({ request_id, qty: 1 });
        const requestId = expect.any(String);
        const envelope = { statusCode: 404, statusMessage: '需求不存在', code: 'REQUEST_NOT_FOUND', data: null };
        expect([status, body]).toEqual([404, { ...envelope, requestId }]);
      }
    });

    it('錯誤情況: 物資/工具需求必須提供 items 陣列', async () => {
      for (const type of ['Material', 'Tool']) {
        const missing = { status: 400, body: { statusMessage: '物資/工具需求必須提供 items 陣列', data: null } };
        const request_id = await requested({ type, items: needed() });
        for (const body of [{}, { qty: 5 }, { items: [] }]) {
          expect(await accept({ request_id, ...body })).toMatchObject(missing);
          expect(await send('/api/requests', { type, ...body })).toMatchObject(missing);
        }
      }
    });

    it('錯誤情況: 人力需求必須提供 qty（人數）', async () => {
      const missing = { status: 400, body: { statusMessage: '人力需求必須提供 qty（人數）', data: null } };
      const request_id = await requested({ type: 'Humanpower', qty: 5 });
      expect(await accept({ request_id })).toMatchObject(missing);
      expect(await send('/api/requests', { type: 'Humanpower' })).toMatchObject(missing);
    });

    it('錯誤情況: 未知的需求類型: XXX', async () => {
      expect(await send('/api/requests', { type: 'XXX', qty: 1 })).toMatchObject({
        status: 400,
        body: { statusMessage: '未知的需求類型: XXX', code: 'REQUEST_TYPE_UNKNOWN', data: { type: 'XXX' } },
      });
      expect(await send('/api/requests', { type: 'X'.repeat(101), qty: 1 })).toMatchObject({ status: 422 });
    });

    it('防止並發接受導致的數量錯誤: of a hundred at once none is lost, and one completes it', async () => {
      const request_id = await requested({ type: 'Humanpower', qty: 100 });
      const answers = await Promise.all(Array.from({ length: 100 }, () => accept({ request_id, qty: 1 })));
      const current = answers.map(({ body }) => body.request.current_qty as number);
      expect(current.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, n) => n + 1));
      const completed = answers.filter(({ body }) => body.request.status === 'Completed');
      expect(completed.map(({ body }) => body.request.current_qty)).toEqual([100]);
      expect(await accept({ request_id, qty: 1 })).toMatchObject({ status: 409, body: { code: 'REQUEST_COMPLETED' } });
    });
  });

  describe('5. 創建需求: POST /api/requests', () => {
    it('插入基本需求記錄', async () => {
      const texts = { title: '飲用水', place: '光復鄉', when: '12/6 上午', note: '請放門口' };
      const made = await send('/api/requests', { type: 'Tool', required_qty: 50, items: needed(), ...texts });
      expect(made).toMatchObject({
        status: 201,
        body: { requester_id: ann.number, type: 'Tool', status: 'Not Completed', required_qty: 50, ...texts },
      });
      const path = `/api/v1/requests/${made.body.request_id}`;
      expect(made.headers.get('location')).toBe(path);
      expect((await get(path, made)).body).toEqual({ ...made.body, acceptances: [] });
    });

    it('is seen in the list of all, by type, status, requester and item', async () => {
      const only = await item('帳篷');
      const made = await send('/api/requests', { type: 'Material', items: [{ item_id: only, qty: 1 }] });
      const listed = { requests: [made.body], total: 1, page: 1, limit: 20, hasMore: false, nextCursor: null };
      for (const more of ['', '&type=Material', '&status=Not+Completed', `&requester_id=${ann.number}`])
        expect((await get(`/api/requests?item_id=${only}${more}`, made)).body).toEqual(listed);
      for (const more of ['&type=Tool', '&status=Completed', '&status=Cancelled', `&requester_id=${bob.id}`])
        expect((await get(`/api/requests?item_id=${only}${more}`, made)).body).toMatchObject({
          requests: [],
          total: 0,
        });
    });
  });

  describe('測試建議 3. 測試需求自動完成', () => {
    it('提供足夠數量來完成需求', async () => {
      const request_id = await requested({ type: 'Material', items: [{ item_id: water, qty: 50 }] });
      const accepted = await accept({ request_id, accepter_id: bob.number, items: [{ item_id: water, qty: 50 }] });
      expect(accepted).toMatchObject({ status: 201, body: { request: { status: 'Completed' }, qtyAccepted: 50 } });
    });

    it('is completed when each item is reached, whatever the sum, and not before', async () => {
      const request_id = await requested({ type: 'Material', items: needed() });
      const plenty = await accept({ request_id, items: [{ item_id: water, qty: 100 }] });
      expect(plenty.body.request).toMatchObject({ status: 'Not Completed', current_qty: 100 });
      const last = await accept({ request_id, items: [{ item_id: blankets, qty: 20 }] });
      expect(last.body.request).toMatchObject({ status: 'Completed', current_qty: 120 });
    });
  });
});
