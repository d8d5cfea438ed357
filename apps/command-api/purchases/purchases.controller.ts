import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { itemStock, stockAggregate, stockStream } from '#domain';
import { commandIdOf } from '#commands';
import { Asking, type Incoming } from '../commands/asking.ts';
import { Commands } from '../commands/commands.ts';
import { orNotFound } from '../commands/or-not-found.ts';
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
    @Asking() incoming: Incoming,
  ): Promise<PurchaseAnswer> {
    const asked = this.commands.ask(incoming);
    const itemId = await this.items.idOf(idOrNumber);
    // Made of the command and the item, so that a retry is the same purchase, and another item never is.
    const purchaseId = `pur_${commandIdOf(asked.context.commandId, itemId).replaceAll('-', '')}`;
    const command = { type: 'Purchase', purchaseId, customerId: incoming.caller.id, quantity } as const;
    const { event, at } = await this.commands
      .record(stockAggregate, stockStream(itemStock(itemId)), command, 'UnitsPurchased', asked)
      .catch(orNotFound(() => this.items.find(itemId)));
    return {
      purchaseId: event.purchaseId,
      itemId,
      quantity: event.quantity,
      remaining: event.balance.available,
      purchasedAt: new Date(at).toISOString(),
    };
  }
}
