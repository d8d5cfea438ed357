import { Injectable } from '@nestjs/common';
import { openApiDocument } from './serve-docs.ts';

class Missing {}

@Injectable()
class Needy {
  constructor(readonly missing: Missing) {}
}

class Incomplete {}

describe('the document of a module', () => {
  it('that cannot be made says what is missing', async () => {
    const module = { module: Incomplete, providers: [Needy] };
    await expect(openApiDocument('test', module)).rejects.toThrow('resolve dependencies of the Needy');
  });
});
