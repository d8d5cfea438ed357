import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { reject } from '#domain';
import { ApiKeys, apiKeysMax, SecurityLog, type CreatedApiKey, type NewApiKey } from '#people';
import { done, rejectField, type FieldRejection, type UseCaseOutcome } from '#use-cases';
import type { CallerContext } from './contexts.ts';

type Outcome = UseCaseOutcome<
  CreatedApiKey,
  FieldRejection<'future'> | { readonly code: 'TOO_MANY_API_KEYS'; readonly apiKeysMax: number }
>;

/** Makes a key for a server, which is shown only now. */
export class CreateApiKey extends Command<Outcome> {
  constructor(
    readonly context: CallerContext,
    readonly wanted: NewApiKey,
  ) {
    super();
  }
}

@CommandHandler(CreateApiKey)
export class CreateApiKeyHandler implements ICommandHandler<CreateApiKey> {
  constructor(
    private readonly apiKeys: ApiKeys,
    private readonly security: SecurityLog,
  ) {}

  async execute({ context: { caller, address }, wanted }: CreateApiKey): Promise<Outcome> {
    if (wanted.expiresAt !== undefined && wanted.expiresAt.getTime() <= Date.now())
      return rejectField('expiresAt', 'future', {});
    const created = await this.apiKeys.create(wanted);
    if (created === undefined) return reject({ code: 'TOO_MANY_API_KEYS', apiKeysMax });
    const { id: apiKeyId, role } = created;
    this.security.record('api_key.created', { userId: caller.id, apiKeyId, role, address });
    return done(created);
  }
}
