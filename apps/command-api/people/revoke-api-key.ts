import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { reject } from '#domain';
import { canBeApiKeyId } from '#ids';
import { ApiKeys, SecurityLog, type ApiKey } from '#people';
import { done, type UseCaseOutcome } from '#use-cases';
import type { CallerContext } from './contexts.ts';

type Outcome = UseCaseOutcome<ApiKey, { readonly code: 'API_KEY_NOT_FOUND' }>;

/** A key is worth nothing from here on. */
export class RevokeApiKey extends Command<Outcome> {
  constructor(
    readonly context: CallerContext,
    readonly id: string,
  ) {
    super();
  }
}

@CommandHandler(RevokeApiKey)
export class RevokeApiKeyHandler implements ICommandHandler<RevokeApiKey> {
  constructor(
    private readonly apiKeys: ApiKeys,
    private readonly security: SecurityLog,
  ) {}

  async execute({ context: { caller, address }, id }: RevokeApiKey): Promise<Outcome> {
    const revoked = canBeApiKeyId(id) ? await this.apiKeys.revoke(id) : undefined;
    if (revoked === undefined) return reject({ code: 'API_KEY_NOT_FOUND' });
    this.security.record('api_key.revoked', { userId: caller.id, apiKeyId: id, address });
    return done(revoked);
  }
}
