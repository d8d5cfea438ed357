import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Body, Controller, Delete, Get, Ip, Post, Req } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { createMetrics, Health, readConfig } from '#platform';
import { createHttpService, Email, Integer, problem, problemFor, Rejects, statusOf, Text } from '../index.ts';

class OrderDto {
  @Text({ max: 5 })
  product_id!: string;

  @Integer({ min: 1, max: 9, default: 1 })
  quantity!: number;

  @Email({ optional: true })
  email?: string;
}

const taken: string[] = [];

@Controller()
class ShopController {
  @Post('orders')
  @Rejects('VALIDATION_FAILED')
  order(@Body() dto: OrderDto): OrderDto {
    return dto;
  }

  @Post('slow-orders')
  slowOrder(@Body() dto: OrderDto): Promise<OrderDto> {
    taken.push(dto.product_id);
    return new Promise((resolve) => setImmediate(() => setImmediate(() => resolve(dto))));
  }

  @Post('forms')
  form(@Body() body: unknown): unknown {
    return body;
  }

  @Post('order-forms')
  orderForm(@Body() dto: OrderDto): OrderDto {
    return dto;
  }

  @Get('orders')
  list(@Req() { body }: { body: unknown }): unknown {
    return { body: body ?? null };
  }

  @Delete('orders')
  cancel(): unknown {
    return {};
  }

  @Get('address')
  address(@Ip() ip: string): unknown {
    return { ip };
  }

  @Get('things/:id')
  thing(): unknown {
    return {};
  }

  @Get('broken')
  broken(): never {
    throw new Error('the password is hunter2');
  }

  @Get('away')
  away(): never {
    throw problem('UNAVAILABLE');
  }

  @Get('private')
  secret(): never {
    throw problem('TOKEN_MISSING');
  }

  @Get('gone')
  gone(): never {
    throw problemFor({ code: 'DISCONTINUED' });
  }

  @Get('busy')
  busy(): never {
    throw problem('OVERLOADED', null, { cause: new Error('the queue is full') });
  }

  @Get('too-fast')
  tooFast(): never {
    throw problem('RATE_LIMITED', { retryAfterSeconds: 7 });
  }
}

class Shop {}

interface Line {
  readonly level: number;
  readonly msg: string;
}
const debug = 20;
const warn = 40;

describe('an HTTP service', () => {
  let app: NestFastifyApplication;
  let generous: NestFastifyApplication;
  const health = new Health();
  const lines: Line[] = [];

  beforeEach(() => (lines.length = 0));

  function start(bodyBytesMax: number): Promise<NestFastifyApplication> {
    const config = readConfig({
      DATABASE_URL: 'postgres://nowhere/none',
      REDIS_URL: 'redis://nowhere',
      EVENTSTORE_URL: 'postgres://nowhere/none',
      HOLDFAST_TOKEN_SECRET: 'b7Qk2vXw9ZrT4mNp8LsD3fGh6JyC1aEu',
      HOLDFAST_ID_SECRET: 'Wd5Hn8Kq2Xz7Pv4Rt9Ls6Mf3Jc1Gy0Ba',
      HOLDFAST_BODY_BYTES_MAX: String(bodyBytesMax),
      HOLDFAST_PROXY_HOPS: '1',
      HOLDFAST_CORS_ORIGINS: 'https://shop.example',
    });
    return createHttpService({
      name: 'shop',
      module: { module: Shop, controllers: [ShopController] },
      config,
      log: pino({ level: 'debug' }, { write: (line: string) => void lines.push(JSON.parse(line) as Line) }),
      metrics: createMetrics('shop'),
      health,
      translate: () => undefined,
      formRoutes: ['/forms', '/order-forms'],
      arrivalTimeoutMs: 1000,
      aliases: [{ method: 'GET', path: '/order', servedAs: { method: 'POST', path: '/orders' } }],
    });
  }

  beforeAll(async () => {
    [app, generous] = await Promise.all([start(1024), start(262_144)]);
    await Promise.all([app.listen(0, '127.0.0.1'), generous.init()]);
  });

  afterAll(() => Promise.all([app.close(), generous.close()]));

  function post(url: string, payload: string, headers: Record<string, string> = {}) {
    return app.inject({ method: 'POST', url, payload, headers: { 'content-type': 'application/json', ...headers } });
  }

  /** Everything that the service answers to these bytes until it closes the connection, which nothing else does. */
  async function saidTo(bytes: string): Promise<string> {
    const { port } = new URL(await app.getUrl());
    const accepted = once(app.getHttpServer(), 'connection') as Promise<[Socket]>;
    const client = connect({ port: Number(port), host: '127.0.0.1', allowHalfOpen: true }, () => client.write(bytes));
    let text = '';
    client.on('data', (chunk) => (text += chunk.toString()));
    const [connection] = await accepted;
    await Promise.all([once(client, 'end'), once(connection, 'close')]);
    client.destroy();
    return text;
  }

  it('serves the same under /api/v1, /api and no prefix', async () => {
    for (const prefix of ['/api/v1', '/api', '']) {
      expect((await post(`${prefix}/orders`, '{"product_id":"a"}')).statusCode).toBe(201);
    }
    expect((await post('/api/v2/orders', '{}')).statusCode).toBe(404);
    expect((await post('/apiorders', '{}')).statusCode).toBe(404);
  });

  it('fills in defaults and understands both spellings of a field', async () => {
    expect((await post('/orders', '{"productId":"a"}')).json()).toEqual({ product_id: 'a', quantity: 1 });
  });

  it('takes an empty body for {} whatever its content type', async () => {
    for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
      expect((await post('/orders', '', { 'content-type': type })).json()).toMatchObject({
        code: 'VALIDATION_FAILED',
        data: { product_id: 'is required' },
      });
    }
  });

  it('names each field that is wrong, in the language of the caller', async () => {
    const body = '{"product_id":"too long","quantity":"1","email":"x","colour":"red"}';
    expect((await post('/orders', body)).json()).toMatchObject({
      statusCode: 422,
      statusMessage: 'Validation failed',
      data: {
        product_id: 'must be text of 1 to 5 characters',
        quantity: 'must be a whole number from 1 to 9',
        email: 'must be an e-mail address',
        colour: 'is not a field of this request',
      },
    });
    const inChinese = await post('/orders', '{}', { 'accept-language': 'zh-TW' });
    expect(inChinese.json()).toMatchObject({ statusMessage: '驗證失敗', data: { product_id: '此欄位為必填' } });
    const inJapanese = await post('/orders', '{}', { 'accept-language': 'ja-JP' });
    expect(inJapanese.json()).toMatchObject({ data: { product_id: '必須項目です。' } });
    expect([inChinese, inJapanese].map(({ headers }) => headers['content-language'])).toEqual(['zh-TW', 'ja']);
  });

  it('rejects text that not every store can keep', async () => {
    for (const text of [String.raw`a\u0000`, String.raw`\ud800`]) {
      expect((await post('/orders', `{"product_id":"${text}"}`)).json()).toMatchObject({
        data: { product_id: 'must not contain NUL or invalid characters' },
      });
    }
  });

  it.each(['{"constructor":1}', '[{"constructor":1}]', '{"then":{"a":[]}}', `${'['.repeat(31)}${']'.repeat(31)}`])(
    'rejects what is nested where text is meant: %s',
    async (nested) => {
      const answer = await post('/orders', `{"product_id":${nested}}`);
      expect([answer.statusCode, answer.json()]).toMatchObject([
        422,
        { data: { product_id: 'must be text of 1 to 5 characters' } },
      ]);
    },
  );

  it('names no more than twenty fields that it does not know', async () => {
    const names = Array.from({ length: 25 }, (_, index) => `field${index}`);
    const body = JSON.stringify(Object.fromEntries(names.map((name) => [name, 1])));
    expect(Object.keys((await post('/orders', body)).json<{ data: object }>().data)).toEqual([
      ...names.slice(0, 20),
      'product_id',
    ]);
  });

  it.each([
    ['malformed JSON', '{"a":', 'application/json', 400, 'BODY_MALFORMED'],
    ['a list', '[1]', 'application/json', 400, 'BODY_MALFORMED'],
    ['text', '"x"', 'application/json', 400, 'BODY_MALFORMED'],
    ['null', 'null', 'application/json', 400, 'BODY_MALFORMED'],
    ['a prototype in disguise', '{"__proto__":{}}', 'application/json', 400, 'BODY_MALFORMED'],
    [
      'JSON that is nested too deep',
      `{"a":${'['.repeat(32)}${']'.repeat(32)}}`,
      'application/json',
      400,
      'BODY_MALFORMED',
    ],
    ['another content type', 'hello', 'text/plain', 415, 'CONTENT_TYPE_UNSUPPORTED'],
    ['a form where none is taken', 'a=b', 'application/x-www-form-urlencoded', 415, 'CONTENT_TYPE_UNSUPPORTED'],
    ['a body that is too large', `"${'a'.repeat(2000)}"`, 'application/json', 413, 'BODY_TOO_LARGE'],
  ])('answers %s in the envelope', async (_, body, type, status, code) => {
    const answer = await post('/orders', body, { 'content-type': type });
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toEqual({
      statusCode: status,
      statusMessage: expect.any(String),
      code,
      data: code === 'BODY_TOO_LARGE' ? { bytesMax: 1024 } : null,
      requestId: answer.headers['x-request-id'],
    });
  });

  it('says of a body what it must be, whichever way it is not', async () => {
    for (const body of ['{"a":', '[]', `{"a":${'['.repeat(32)}${']'.repeat(32)}}`]) {
      expect((await post('/orders', body)).json()).toMatchObject({
        statusMessage: 'The request body must be one JSON object, nested at most 32 levels deep',
      });
    }
  });

  it.each([
    ['in one spelling', '{"quantity":1,"product_id":"a","quantity":2}', { quantity: 'is given more than once' }],
    [
      'in an escape',
      String.raw`{"quantity":1,"product_id":"a","qu\u0061ntity":2}`,
      { quantity: 'is given more than once' },
    ],
    ['in both spellings', '{"product_id":"a","productId":"b"}', { product_id: 'is given more than once' }],
    ['in the other spelling', '{"productId":"a","productId":"a"}', { product_id: 'is given more than once' }],
    [
      'behind a byte order mark',
      '\ufeff{"product_id":"a","product_id":"a"}',
      { product_id: 'is given more than once' },
    ],
    ['where it is not known', '{"product_id":"a","x":1,"x":2}', { x: 'is given more than once' }],
    [
      'where nothing is nested',
      '{"product_id":"a","quantity":{"x":1,"x":2}}',
      { quantity: 'must be a whole number from 1 to 9', 'quantity.x': 'is given more than once' },
    ],
  ])('rejects a field that is given twice %s', async (_, body, data) => {
    const answer = await post('/orders', body);
    expect([answer.statusCode, answer.json()]).toMatchObject([422, { code: 'VALIDATION_FAILED', data }]);
  });

  it('takes the same name in different objects, and in text, for no repetition', async () => {
    const body = String.raw`{"product_id":"a\",\"","quantity":1}`;
    expect((await post('/orders', body)).statusCode).toBe(201);
    expect((await post('/orders', '{"product_id":[{"x":1},{"x":1}]}')).json()).toMatchObject({
      data: { product_id: 'must be text of 1 to 5 characters' },
    });
  });

  it('rejects a field of a form that is given twice', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    for (const body of ['product_id=a&product_id=a', 'product_id=a&productId=b']) {
      expect((await post('/order-forms', body, form)).json()).toMatchObject({
        data: { product_id: 'is given more than once' },
      });
    }
  });

  it.each([
    ['application/json', `{"a":[${'1,'.repeat(2000)}1]}`],
    ['application/x-www-form-urlencoded', 'a&'.repeat(2000)],
  ])('rejects more values than anybody means: as %s', async (type, body) => {
    const large = await generous.inject({
      method: 'POST',
      url: '/forms',
      payload: body,
      headers: { 'content-type': type },
    });
    expect([large.statusCode, large.json()]).toMatchObject([
      413,
      { code: 'TOO_MANY_VALUES', data: { valuesMax: 2000 } },
    ]);
  });

  it('shows no more of a name that it does not know than its start', async () => {
    const { data } = (await post('/orders', `{"product_id":"a","${'x'.repeat(500)}":1}`)).json<{ data: object }>();
    expect(data).toEqual({ [`${'x'.repeat(100)}…`]: 'is not a field of this request' });
  });

  it('takes a form where one is taken', async () => {
    const answer = await post('/forms', 'username=a%20b&x=1', { 'content-type': 'application/x-www-form-urlencoded' });
    expect(answer.json()).toEqual({ username: 'a b', x: '1' });
  });

  it('knows no field by the name of a prototype', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await post('/order-forms', 'product_id=a&__proto__=1', form);
    expect([answer.statusCode, answer.body]).toEqual([
      422,
      expect.stringContaining('"data":{"__proto__":"is not a field of this request"}'),
    ]);
  });

  it('serves what has an alias as what it stands for, body and all', async () => {
    for (const url of ['/order', '/order/', '/api/v1/order', '/order?']) {
      const answer = await app.inject({
        method: 'GET',
        url,
        payload: '{"productId":"a"}',
        headers: { 'content-type': 'application/json' },
      });
      expect([answer.statusCode, answer.json()]).toEqual([201, { product_id: 'a', quantity: 1 }]);
    }
    expect((await app.inject({ method: 'HEAD', url: '/order' })).statusCode).toBe(404);
    expect((await app.inject('/orderly')).statusCode).toBe(404);
  });

  it('rejects a query string where something is written, and names what is in it', async () => {
    const write = { payload: '{"product_id":"a"}', headers: { 'content-type': 'application/json' } };
    for (const [method, url] of [
      ['POST', '/orders?quantity=3'],
      ['GET', '/order?quantity=3'],
      ['DELETE', '/orders?quantity=3'],
    ] as const) {
      expect((await app.inject({ method, url, ...write })).json()).toMatchObject({
        code: 'VALIDATION_FAILED',
        data: { quantity: 'is not a field of this request' },
      });
    }
    expect((await app.inject('/orders?quantity=3')).statusCode).toBe(200);
  });

  it('takes no body with any other GET', async () => {
    const headers = { 'content-type': 'application/json' };
    expect((await app.inject({ method: 'GET', url: '/orders', payload: '{"a":', headers })).json()).toEqual({
      body: null,
    });
  });

  it('believes so many proxies who the client is, and no client', async () => {
    const ipOf = async (forwarded: string) =>
      (await app.inject({ url: '/address', headers: { 'x-forwarded-for': forwarded } })).json<{ ip: string }>().ip;
    expect(await ipOf('192.0.2.1')).toBe('192.0.2.1');
    expect(await ipOf('192.0.2.9, 192.0.2.1')).toBe('192.0.2.1');
    expect((await app.inject('/address')).json()).toEqual({ ip: '127.0.0.1' });
  });

  it('answers an unknown route, and a path that is no text, in the envelope', async () => {
    expect((await app.inject('/nowhere')).json()).toMatchObject({ statusCode: 404, code: 'ROUTE_UNKNOWN' });
    expect((await app.inject('/%ff')).json()).toMatchObject({ statusCode: 400, code: 'REQUEST_MALFORMED' });
  });

  it.each([
    ['application/problem+json', true],
    ['Application/Problem+JSON; q=0.9, application/json; q=0.8', true],
    ['application/problem+json, */*', true],
    ['application/problem+json, application/json', true],
    ['application/json, application/problem+json', false],
    ['application/problem+json;q=0, */*', false],
    ['application/*', false],
    ['text/html', false],
    ['', false],
  ])('answers an error to Accept %p as RFC 9457 has it: %p', async (accept, isProblem) => {
    const answer = await app.inject({ url: '/gone', headers: { accept } });
    const type = isProblem ? 'application/problem+json' : 'application/json';
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([404, `${type}; charset=utf-8`]);
    expect('detail' in answer.json<object>()).toBe(isProblem);
  });

  it('reads no Accept that is longer than any that names a few types', async () => {
    const accept = `application/problem+json${', a/b'.repeat(250)}`;
    const { headers } = await app.inject({ url: '/gone', headers: { accept } });
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
  });

  it('answers every error with the fields of RFC 9457 beside the others, if they are wanted', async () => {
    const accept = 'application/problem+json';
    const ask = { headers: { accept, 'x-request-id': 'abc' } };
    const tooFast = await app.inject({ ...ask, url: '/api/v1/too-fast?quick' });
    expect([tooFast.headers['retry-after'], tooFast.json()]).toEqual([
      '7',
      {
        type: '/docs/errors#RATE_LIMITED',
        title: 'Rate limited',
        status: 429,
        detail: 'Too many requests; try again in 7 seconds',
        instance: '/api/v1/too-fast',
        statusCode: 429,
        statusMessage: 'Too many requests; try again in 7 seconds',
        code: 'RATE_LIMITED',
        data: { retryAfterSeconds: 7 },
        requestId: 'abc',
      },
    ]);
    const others = [
      await app.inject({ ...ask, url: '/nowhere/"a"' }),
      await app.inject({ ...ask, url: '/%ff' }),
      await app.inject({ ...ask, url: '/broken' }),
      await post('/orders', '{', { accept }),
      await post('/orders', '{}', { accept }),
    ];
    expect(others.map(({ headers }) => headers['content-type'])).toEqual(
      others.map(() => 'application/problem+json; charset=utf-8'),
    );
    expect(others.map((answer) => answer.json<unknown>())).toMatchObject([
      { type: '/docs/errors#ROUTE_UNKNOWN', status: 404, instance: '/nowhere/%22a%22' },
      { type: '/docs/errors#REQUEST_MALFORMED', status: 400, instance: '/%ff' },
      { type: '/docs/errors#INTERNAL', status: 500, detail: 'Internal server error' },
      { type: '/docs/errors#BODY_MALFORMED', status: 400 },
      { type: '/docs/errors#VALIDATION_FAILED', status: 422, data: { product_id: 'is required' } },
    ]);
  });

  it('says on a page what the type of each problem means', async () => {
    const page = await app.inject('/docs/errors');
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    const [, style = ''] = /<style>([^]*?)<\/style>/.exec(page.body) ?? [];
    expect(page.headers['content-security-policy']).toContain(createHash('sha256').update(style).digest('base64'));
    const codes = [...page.body.matchAll(/<tr id="(\w+)">/g)].map(([, code]) => code);
    expect(codes).toEqual(expect.arrayContaining([...Object.keys(statusOf), 'UPSTREAM_UNAVAILABLE']));
    expect(page.body).toContain('<code>Authorization: Bearer &lt;token&gt;</code>');
  });

  it('gives a request that is under way no rejection of what came after it on its connection', async () => {
    const order = `{"product_id":"a"}`;
    const head = `POST /slow-orders HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${order.length}`;
    const said = await saidTo(`${head}\r\n\r\n${order}unreadable\r\n\r\n`);
    expect({ taken, isRejected: said.includes('REQUEST_MALFORMED') }).toEqual({ taken: ['a'], isRejected: false });
  });

  it('answers what is not HTTP in the envelope', async () => {
    const said = await saidTo('hello\r\n\r\n');
    expect(said).toContain('HTTP/1.1 400 Bad Request');
    expect(said).toContain('"code":"REQUEST_MALFORMED"');
  });

  it.each([
    [
      'headers that are too large',
      `GET /orders HTTP/1.1\r\nhost: x\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`,
      431,
      'HEADERS_TOO_LARGE',
    ],
    [
      'an expectation that nobody knows',
      'POST /orders HTTP/1.1\r\nhost: x\r\nexpect: a cake\r\n\r\n',
      417,
      'EXPECTATION_FAILED',
    ],
    ['a request that names no host', 'GET /orders HTTP/1.1\r\nconnection: close\r\n\r\n', 400, 'REQUEST_MALFORMED'],
    [
      'two lengths of one body',
      'POST /orders HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n',
      400,
      'REQUEST_MALFORMED',
    ],
    [
      'a part of the path that is too long',
      `GET /${'x'.repeat(1025)} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`,
      404,
      'ROUTE_UNKNOWN',
    ],
    [
      'a method that no route has',
      'PROPFIND /orders HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
      404,
      'ROUTE_UNKNOWN',
    ],
    [
      'a content type that is none',
      'POST /orders HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: ;;\r\ncontent-length: 2\r\n\r\n{}',
      415,
      'CONTENT_TYPE_UNSUPPORTED',
    ],
  ])('answers %s in the envelope', async (_, bytes, status, code) => {
    const said = await saidTo(bytes);
    expect(said).toContain(`HTTP/1.1 ${status} `);
    expect(JSON.parse(said.slice(said.indexOf('{')))).toEqual({
      statusCode: status,
      statusMessage: expect.any(String),
      code,
      data: null,
      requestId: expect.stringMatching(/^[\w-]{36}$/),
    });
  });

  it('answers an id that is longer than any in the envelope, in the language of the caller', async () => {
    const headers = { 'accept-language': 'zh-TW', 'x-request-id': 'abc' };
    const answer = await app.inject({ url: `/things/${'x'.repeat(1025)}`, headers });
    expect([answer.statusCode, answer.headers['content-language'], answer.json()]).toMatchObject([
      414,
      'zh-TW',
      { code: 'URL_TOO_LONG', statusMessage: '網址的某一部分過長', requestId: 'abc' },
    ]);
    expect((await app.inject(`/things/${'x'.repeat(1024)}`)).statusCode).toBe(200);
  });

  it('lets nobody keep an answer that does not say so itself', async () => {
    for (const url of ['/address', '/nowhere', '/broken', '/%ff']) {
      expect([url, (await app.inject(url)).headers['cache-control']]).toEqual([url, 'no-store']);
    }
  });

  it('waits only so long for the rest of a request', async () => {
    const head = 'POST /orders HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n';
    const said = await saidTo(`${head}{"half`);
    expect(said).toContain('HTTP/1.1 408 Request Timeout');
    expect(said).toContain('"code":"REQUEST_TIMEOUT"');
    expect(lines.filter(({ level }) => level >= warn)).toEqual([]);
  });

  it('keeps our insides to itself when something unexpected happens', async () => {
    const answer = await app.inject('/broken');
    expect(answer.statusCode).toBe(500);
    expect(answer.json()).toMatchObject({ code: 'INTERNAL', data: null });
    expect(answer.body).not.toContain('hunter2');
  });

  it('says when to come back', async () => {
    expect((await app.inject('/away')).headers['retry-after']).toBe('1');
  });

  it('says which token is wanted where one is', async () => {
    const { statusCode, headers } = await app.inject('/private');
    expect([statusCode, headers['www-authenticate']]).toEqual([401, 'Bearer']);
    expect((await app.inject('/gone')).headers).not.toHaveProperty('www-authenticate');
  });

  it('has no data where there are no facts', async () => {
    expect((await app.inject('/gone')).json()).toMatchObject({ code: 'DISCONTINUED', data: null });
  });

  it('tells the log where it was that something failed, and of a caller who comes too often next to nothing', async () => {
    const toldOf = async (url: string) => {
      await app.inject(url);
      return lines.splice(0).find(({ msg }) => msg === 'the request could not be served');
    };
    expect(await toldOf('/away')).toMatchObject({ level: warn, err: { stack: expect.any(String) } });
    expect(await toldOf('/busy')).toMatchObject({ level: debug, code: 'OVERLOADED', cause: 'the queue is full' });
    const tooFast = await toldOf('/too-fast');
    expect(tooFast).toMatchObject({ level: debug, code: 'RATE_LIMITED' });
    expect(JSON.stringify(tooFast)).not.toContain('stack');
  });

  it('has no more than some lines a minute of one trouble in its log, however many callers meet it', async () => {
    for (let request = 0; request < 50; request++) await app.inject('/broken');
    const loud = lines.filter(({ level }) => level >= warn);
    expect(loud.length).toBeGreaterThan(0);
    expect(loud.length).toBeLessThanOrEqual(20);
    expect(lines.filter(({ msg }) => msg === 'unexpected error')).toHaveLength(50);
  });

  it('keeps the caller’s request id, unless it is none', async () => {
    const idOf = async (id: string) =>
      (await app.inject({ url: '/away', headers: { 'x-request-id': id } })).json<{ requestId: string }>().requestId;
    expect(await idOf('abc-123')).toBe('abc-123');
    expect(await idOf('<script>')).not.toBe('<script>');
  });

  it('is ready only between its start and its stop, and while its essential parts are there', async () => {
    const ready = async () => {
      const { statusCode, body } = await app.inject('/health/ready');
      return [statusCode, JSON.parse(body)] as const;
    };
    expect(await ready()).toEqual([503, { status: 'starting', degraded: [] }]);
    health.phase = 'ready';
    expect(await ready()).toEqual([200, { status: 'ready', degraded: [] }]);
    health.add({ name: 'cache', essential: false, check: () => Promise.reject(new Error('gone')) });
    expect(await ready()).toEqual([200, { status: 'ready', degraded: ['cache'] }]);
    health.add({ name: 'database', essential: true, check: () => Promise.reject(new Error('gone')) });
    expect(await ready()).toEqual([503, { status: 'unable', degraded: ['cache', 'database'] }]);
    health.phase = 'stopping';
    expect(await ready()).toEqual([503, { status: 'stopping', degraded: ['cache', 'database'] }]);
    expect((await app.inject('/health/live')).statusCode).toBe(200);
    health.phase = 'ready';
  });

  it('tells through a gateway its status alone, and no metrics, unless the gateway lets the details through', async () => {
    const through = (url: string, operations: string) =>
      app.inject({ url, headers: { 'x-holdfast-operations': operations } });
    for (const url of ['/health/ready', '/api/v1/health/ready', '/he%61lth/ready', '/health/ready?x=1']) {
      const { statusCode, body } = await through(url, 'status');
      expect([statusCode, JSON.parse(body)]).toEqual([503, { status: 'unable' }]);
    }
    for (const url of ['/metrics', '/api/metrics', '/m%65trics', '/metrics#x']) {
      const { statusCode, body } = await through(url, 'status');
      expect([statusCode, JSON.parse(body)]).toMatchObject([404, { code: 'ROUTE_UNKNOWN' }]);
    }
    expect((await through('/health/ready', 'details')).json()).toHaveProperty('degraded');
    expect((await through('/metrics', 'details')).statusCode).toBe(200);
  });

  it('lets its documentation run what it came with, and keep no token', async () => {
    const page = await app.inject('/docs/shop');
    expect(page.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'SAMEORIGIN' });
    const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const styles = [...page.body.matchAll(/<style>([^]*?)<\/style>/g)].map(([, style = '']) => hash(style));
    const policy = String(page.headers['content-security-policy']);
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-hashes' 'sha256-/);
    expect(styles.filter((style) => !policy.includes(style))).toEqual([]);
    expect(policy).not.toContain('unsafe-inline');
    const { body: preset } = await app.inject('/docs/shop/swagger-ui-standalone-preset.js');
    const made = /createElement\("style",null,"(.*?)"/.exec(preset)?.[1] ?? '';
    expect(policy).toContain(hash(made));
    expect((await app.inject('/docs/shop/swagger-ui-init.js')).body).toContain('"persistAuthorization": false');
    expect((await app.inject('/address')).headers).not.toHaveProperty('content-security-policy');
  });

  it('lets a page of a known origin send every method, and read every header that we send', async () => {
    const origin = 'https://shop.example';
    const asks = {
      origin,
      'access-control-request-method': 'PATCH',
      'access-control-request-headers': 'idempotency-key',
    };
    expect((await app.inject({ method: 'OPTIONS', url: '/orders', headers: asks })).headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
      'access-control-allow-headers': 'idempotency-key',
    });
    expect(await app.inject({ method: 'OPTIONS', url: '/orders' })).toMatchObject({ statusCode: 204, body: '' });
    const { headers } = await app.inject({ url: '/address', headers: { origin } });
    expect(String(headers['access-control-expose-headers']).split(', ').toSorted()).toEqual([
      'consistency-token',
      'etag',
      'idempotency-replayed',
      'location',
      'next-cursor',
      'ratelimit-limit',
      'ratelimit-policy',
      'ratelimit-remaining',
      'ratelimit-reset',
      'retry-after',
      'x-request-id',
    ]);
  });

  it('counts its requests by route', async () => {
    await post('/orders', '{"product_id":"a"}');
    const { body } = await app.inject('/metrics');
    expect(body).toMatch(/holdfast_http_request_seconds_count\{.*route="\/orders".*status="201"/);
    expect(body).toContain('nodejs_eventloop_lag_seconds');
  });

  it('documents each rejection', async () => {
    const document = (await app.inject('/docs/shop.json')).json<{
      paths: Record<string, { post: { responses: object } }>;
    }>();
    expect(Object.keys(document.paths['/orders']?.post.responses ?? {})).toEqual([
      '400',
      '413',
      '415',
      '422',
      '429',
      '431',
      '500',
      '503',
    ]);
  });
});
