import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ApiKeyList, type ApiKey } from '#people';

/** All API keys, the newest first; few enough for one answer. */
export class ListApiKeys extends Query<readonly ApiKey[]> {}

@QueryHandler(ListApiKeys)
export class ListApiKeysHandler implements IQueryHandler<ListApiKeys> {
  constructor(private readonly apiKeys: ApiKeyList) {}

  execute(): Promise<readonly ApiKey[]> {
    return this.apiKeys.all();
  }
}
