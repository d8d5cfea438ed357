import { upstreamOf } from './route.ts';

describe('the gateway', () => {
  it.each([
    ['GET', '/api/v1/products'],
    ['HEAD', '/api/v1/products'],
    ['GET', '/api/v1/stock/prod_001'],
    ['GET', '/api/v1/auth/me'],
    ['GET', '/api/v1/login-history'],
    ['HEAD', '/login'],
    ['GET', '/health/ready'],
    ['GET', '/docs/query-api'],
    ['GET', '/docs/query-api.json'],
  ])('sends %s %s to query-api', (method, path) => {
    expect(upstreamOf(method, path)).toBe('query-api');
  });

  it.each([
    ['POST', '/api/v1/products'],
    ['PUT', '/lends/1/return'],
    ['PATCH', '/api/holds/hold_1'],
    ['DELETE', '/api/holds/hold_1'],
    ['OPTIONS', '/api/v1/products'],
    ['GET', '/login'],
    ['GET', '/api/login'],
    ['GET', '/api/v1/login'],
    ['GET', '/refresh'],
    ['GET', '/api/v1/refresh'],
    ['GET', '/docs/command-api'],
    ['GET', '/docs/command-api/swagger-ui.css'],
    ['GET', '/docs/command-api.json'],
  ])('sends %s %s to command-api', (method, path) => {
    expect(upstreamOf(method, path)).toBe('command-api');
  });
});
