import { Body, Controller, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { stockAggregate } from '#aggregates';
import type { Caller } from '#auth';
import { CurrentCaller } from '#auth/guard';
import { itemStock, stockStream } from '#domain';
import { Commands } from '../commands/commands.ts';
import { Writes } from '../commands/writes.ts';
import { KnownItems } from '../items/known-items.ts';
import { PurchaseAnswer, PurchaseDto } from './purchases.dto.ts';

@ApiTags('purchases')
@ApiBearerAuth()
@Controller('items')
export class PurchasesController {
  constructor(
    private readonly commands: Commands,
    private readonly items: KnownItems,
  ) {}

  @Post(':id/purchase')
  @ApiOperation({ summary: 'Buy units of an item at once' })
  @ApiCreatedResponse({ type: PurchaseAnswer })
  @Writes('ITEM_NOT_FOUND', 'DISCONTINUED', 'INSUFFICIENT_STOCK')
  async purchase(
    @Param('id') idOrNumber: string,
    @Body() { quantity }: PurchaseDto,
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PurchaseAnswer> {
    const asked = this.commands.ask(request, reply, caller);
    const itemId = await this.items.idOf(idOrNumber);
    // Made of the command's id, so that a retry is the same purchase.
    const purchaseId = `pur_${asked.context.commandId.replaceAll('-', '')}`;
    const command = { type: 'Purchase', purchaseId, customerId: caller.id, quantity } as const;
    const { event, at } = await this.commands
      .record(stockAggregate, stockStream(itemStock(itemId)), command, 'UnitsPurchased', asked)
      .catch(this.items.orNotFound(itemId));
    return {
      purchaseId: event.purchaseId,
      itemId,
      quantity: event.quantity,
      remaining: event.balance.available,
      purchasedAt: new Date(at).toISOString(),
    };
  }
}
