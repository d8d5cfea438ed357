import { Controller, Get, Headers, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { HoldAnswer, holdAnswer } from '#answers';
import { Users, type Caller } from '#auth';
import { CurrentCaller } from '#auth/guard';
import { consistencyHeader, NoQuery, problem } from '#http';
import { HoldIds } from '#ids';
import { HoldQueries, holdsProjection, type Hold } from '#read-models';
import { ReadYourWrites } from '../consistency/read-your-writes.ts';
import { Sees } from '../consistency/sees.ts';
import { List } from '../paging/list.ts';
import { HoldsAnswer, HoldsDto } from './holds.dto.ts';

const ofCustomer = new List<Hold>({ name: 'holds', keyOf: ({ holdId }) => holdId, keyShape: /^[0-9A-Z]{26}$/ });

@ApiTags('holds')
@ApiBearerAuth()
@Controller('holds')
export class HoldsController {
  constructor(
    private readonly holds: HoldQueries,
    private readonly holdIds: HoldIds,
    private readonly users: Users,
    private readonly readYourWrites: ReadYourWrites,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The caller’s holds; for staff, those of whom `user_id` names' })
  @ApiOkResponse({ type: HoldsAnswer })
  @Sees('TOKEN_MISSING', 'TOKEN_INVALID', 'FORBIDDEN')
  async listHolds(
    @Query() { status, user_id, ...page }: HoldsDto,
    @CurrentCaller() caller: Caller,
    @Headers(consistencyHeader) token: string | undefined,
  ): Promise<HoldsAnswer> {
    const paging = ofCustomer.pagingOf(page);
    const customerId = await this.#customerOf(user_id, caller);
    await this.readYourWrites.wait(token, holdsProjection);
    const found = await this.holds.page({ customerId, status }, new Date(), paging);
    const holds = found.rows.map((hold) => holdAnswer(hold, this.holdIds));
    return { holds, ...ofCustomer.answerOf(found, paging) };
  }

  @Get(':id')
  @ApiOperation({ summary: 'A hold of the caller; for staff, anybody’s' })
  @ApiOkResponse({ type: HoldAnswer })
  @Sees('HOLD_NOT_FOUND', 'TOKEN_MISSING', 'TOKEN_INVALID')
  async getHold(
    @Param('id') id: string,
    @Query() _none: NoQuery,
    @CurrentCaller() caller: Caller,
    @Headers(consistencyHeader) token: string | undefined,
  ): Promise<HoldAnswer> {
    await this.readYourWrites.wait(token, holdsProjection);
    const reference = this.holdIds.read(id);
    const hold = reference && (await this.holds.find(reference.stock, reference.holdId, new Date()));
    const mayBeSeen = caller.role === 'staff' || hold?.customerId === caller.id;
    if (hold === undefined || !mayBeSeen) throw problem('HOLD_NOT_FOUND', { holdId: id });
    return holdAnswer(hold, this.holdIds);
  }

  async #customerOf(userId: string | undefined, caller: Caller): Promise<string> {
    if (userId === undefined || userId === caller.id) return caller.id;
    const found = await this.users.idOf(userId);
    if (caller.role !== 'staff' && found !== caller.id) throw problem('FORBIDDEN');
    return found ?? userId;
  }
}
