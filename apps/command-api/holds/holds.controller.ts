import { Body, Controller, Delete, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { HoldAnswer } from '#answers';
import { itemStock, slotStock } from '#domain';
import { Asking, type Incoming } from '../commands/asking.ts';
import { Commands } from '../commands/commands.ts';
import { orNotFound } from '../commands/or-not-found.ts';
import { locationHeader, Writes, WritesWithKey } from '../commands/writes.ts';
import { KnownItems } from '../items/known-items.ts';
import { KnownSlots } from '../slots/known-slots.ts';
import { Held } from './held.ts';
import { HoldAllowance } from './hold-allowance.ts';
import { ConfirmHoldDto, ExtendHoldDto, HoldDto } from './holds.dto.ts';

@ApiTags('holds')
@ApiBearerAuth()
@Controller()
export class HoldsController {
  constructor(
    private readonly commands: Commands,
    private readonly held: Held,
    private readonly allowance: HoldAllowance,
    private readonly items: KnownItems,
    private readonly slots: KnownSlots,
  ) {}

  @Post('slots/:id/hold')
  @ApiOperation({ summary: 'Hold places of a slot for a while' })
  @ApiCreatedResponse({ type: HoldAnswer, headers: locationHeader })
  @WritesWithKey('SLOT_NOT_FOUND', 'INSUFFICIENT_STOCK', 'LIMIT_PER_CUSTOMER', 'TOO_MANY_CLAIMS', 'CLOSED')
  async holdSlot(
    @Param('id') id: string,
    @Body() { quantity, ttlSeconds }: HoldDto,
    @Asking() incoming: Incoming,
  ): Promise<HoldAnswer> {
    const asked = this.commands.askWithKey(incoming);
    const slotId = this.slots.idOf(id);
    const ask = { quantity, ttlMs: this.allowance.ttlMsFor(incoming.caller, ttlSeconds) };
    const hold = await this.held
      .make(slotStock(slotId), incoming.caller, ask, asked)
      .catch(orNotFound(() => this.slots.find(slotId)));
    return located(incoming, hold);
  }

  @Post('items/:id/hold')
  @ApiOperation({ summary: 'Hold units of an item for a while' })
  @ApiCreatedResponse({ type: HoldAnswer, headers: locationHeader })
  @WritesWithKey('ITEM_NOT_FOUND', 'DISCONTINUED', 'INSUFFICIENT_STOCK', 'LIMIT_PER_CUSTOMER', 'TOO_MANY_CLAIMS')
  async holdItem(
    @Param('id') idOrNumber: string,
    @Body() { quantity, ttlSeconds }: HoldDto,
    @Asking() incoming: Incoming,
  ): Promise<HoldAnswer> {
    const asked = this.commands.askWithKey(incoming);
    const itemId = await this.items.idOf(idOrNumber);
    const ask = { quantity, ttlMs: this.allowance.ttlMsFor(incoming.caller, ttlSeconds) };
    const hold = await this.held
      .make(itemStock(itemId), incoming.caller, ask, asked)
      .catch(orNotFound(() => this.items.find(itemId)));
    return located(incoming, hold);
  }

  @Post('holds/:id/confirm')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take what is held, or a part of it' })
  @ApiOkResponse({ type: HoldAnswer })
  @Writes('HOLD_NOT_FOUND', 'HOLD_CONFIRMED', 'HOLD_CANCELLED', 'HOLD_EXPIRED', 'INSUFFICIENT_STOCK')
  confirmHold(
    @Param('id') id: string,
    @Body() { quantity }: ConfirmHoldDto,
    @Asking() incoming: Incoming,
  ): Promise<HoldAnswer> {
    const change = { type: 'ConfirmHold', ...(quantity === undefined ? {} : { quantity }) } as const;
    return this.held.change(id, incoming.caller, change, 'HoldConfirmed', this.commands.ask(incoming));
  }

  @Patch('holds/:id')
  @ApiOperation({ summary: 'Hold for longer, or for less' })
  @ApiOkResponse({ type: HoldAnswer })
  @Writes('HOLD_NOT_FOUND', 'HOLD_CONFIRMED', 'HOLD_CANCELLED', 'HOLD_EXPIRED', 'HOLD_TOO_LONG')
  extendHold(
    @Param('id') id: string,
    @Body() { ttlSeconds }: ExtendHoldDto,
    @Asking() incoming: Incoming,
  ): Promise<HoldAnswer> {
    const change = { type: 'ExtendHold', ttlMs: this.allowance.ttlMsFor(incoming.caller, ttlSeconds) } as const;
    return this.held.change(id, incoming.caller, change, 'HoldExtended', this.commands.ask(incoming));
  }

  @Delete('holds/:id')
  @ApiOperation({ summary: 'Give back what is held' })
  @ApiOkResponse({ type: HoldAnswer })
  @Writes('HOLD_NOT_FOUND', 'HOLD_CONFIRMED', 'HOLD_CANCELLED', 'HOLD_EXPIRED')
  cancelHold(@Param('id') id: string, @Asking() incoming: Incoming): Promise<HoldAnswer> {
    const asked = this.commands.ask(incoming);
    return this.held.change(id, incoming.caller, { type: 'CancelHold' }, 'HoldCancelled', asked);
  }
}

function located({ reply }: Incoming, hold: HoldAnswer): HoldAnswer {
  void reply.header('location', `/api/v1/holds/${hold.id}`);
  return hold;
}
