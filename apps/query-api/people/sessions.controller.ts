import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { NoQuery, Rejects } from '#http';
import { CurrentCaller } from '#http/guard';
import type { Caller } from '#people';
import { UseCases } from '#use-cases/bus';
import { ListSessions } from './list-sessions.ts';
import { SessionsAnswer } from './sessions.dto.ts';

@ApiTags('auth')
@ApiBearerAuth()
@Controller('auth/sessions')
export class SessionsController {
  constructor(private readonly useCases: UseCases) {}

  @Get()
  @ApiOperation({
    summary: 'List the sessions of the caller',
    description: 'Lists the live sessions of the caller, newest first. End one with `DELETE /auth/sessions/{id}`.',
  })
  @ApiOkResponse({ type: SessionsAnswer })
  @Rejects('VALIDATION_FAILED', 'TOKEN_MISSING', 'TOKEN_INVALID')
  async listSessions(@Query() _none: NoQuery, @CurrentCaller() caller: Caller): Promise<SessionsAnswer> {
    const found = await this.useCases.ask(new ListSessions(caller.id));
    const sessions = found.map(({ id, createdAt, refreshedAt, expiresAt }) => ({
      id,
      createdAt: createdAt.toISOString(),
      refreshedAt: refreshedAt?.toISOString() ?? null,
      expiresAt: expiresAt.toISOString(),
      current: id === caller.sessionId,
    }));
    return { sessions, nextCursor: null };
  }
}
