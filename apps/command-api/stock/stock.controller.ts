import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { itemStock, stockAggregate, stockStream } from '#domain';
import { ForStaff } from '#auth/guard';
import { Asking, type Incoming } from '../commands/asking.ts';
import { Commands } from '../commands/commands.ts';
import { Writes } from '../commands/writes.ts';
import { KnownItems } from '../items/known-items.ts';
import { AdjustedAnswer, AdjustStockDto, ProvidedAnswer, ProvideStockDto } from './stock.dto.ts';

@ApiTags('stock')
@Controller('stock')
export class StockController {
  constructor(
    private readonly commands: Commands,
    private readonly items: KnownItems,
  ) {}

  @Post()
  @ForStaff()
  @ApiOperation({ summary: 'Add units of an item to the main inventory' })
  @ApiCreatedResponse({ type: ProvidedAnswer })
  @Writes('ITEM_NOT_FOUND', 'TOO_MANY_UNITS', 'FORBIDDEN')
  async provideStock(
    @Body() { product_id: idOrNumber, stock: quantity }: ProvideStockDto,
    @Asking() incoming: Incoming,
  ): Promise<ProvidedAnswer> {
    const asked = this.commands.ask(incoming);
    const { itemId } = await this.items.find(idOrNumber);
    const command = { type: 'Provide', quantity, provideId: null } as const;
    const stream = stockStream(itemStock(itemId));
    const { event } = await this.commands.record(stockAggregate, stream, command, 'UnitsProvided', asked);
    return { product_id: itemId, stock: event.balance.available, quantity: event.quantity };
  }

  @Post(':itemId/adjustments')
  @ForStaff()
  @ApiOperation({ summary: 'Correct the stock of the main inventory' })
  @ApiCreatedResponse({ type: AdjustedAnswer })
  @Writes('ITEM_NOT_FOUND', 'INSUFFICIENT_STOCK', 'EXPECTED_MISMATCH', 'TOO_MANY_UNITS', 'FORBIDDEN')
  async adjustStock(
    @Param('itemId') idOrNumber: string,
    @Body() { delta, reason, expected }: AdjustStockDto,
    @Asking() incoming: Incoming,
  ): Promise<AdjustedAnswer> {
    const asked = this.commands.ask(incoming);
    const { itemId } = await this.items.find(idOrNumber);
    const expectation = expected === undefined ? {} : { expectedAvailable: expected };
    const command = { type: 'Adjust', delta, reason, ...expectation } as const;
    const stream = stockStream(itemStock(itemId));
    if (delta === 0) {
      // Nothing is recorded: it only asks whether what is expected is so.
      await this.commands.apply(stockAggregate, stream, command, asked);
      const { balance } = await this.commands.read(stockAggregate, stream);
      return { product_id: itemId, stock: balance.available, delta, reason };
    }
    const { event } = await this.commands.record(stockAggregate, stream, command, 'StockAdjusted', asked);
    return { product_id: itemId, stock: event.balance.available, delta: event.delta, reason: event.reason };
  }
}
