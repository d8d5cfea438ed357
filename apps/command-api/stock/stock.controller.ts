import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { itemAggregate, stockAggregate } from '#aggregates';
import type { Caller } from '#auth';
import { CurrentCaller, ForStaff } from '#auth/guard';
import { Numbers } from '#commands';
import { itemStock, itemStream, stockStream } from '#domain';
import { problem, Refuses } from '#http';
import { Commands } from '../commands/commands.ts';
import { ProvidedAnswer, ProvideStockDto } from './stock.dto.ts';

@ApiTags('stock')
@Controller('stock')
export class StockController {
  constructor(
    private readonly commands: Commands,
    private readonly numbers: Numbers,
  ) {}

  @Post()
  @ForStaff()
  @ApiOperation({ summary: 'Add units of an item to the main inventory' })
  @ApiCreatedResponse({ type: ProvidedAnswer })
  @Refuses(
    'VALIDATION_FAILED',
    'ITEM_NOT_FOUND',
    'TOO_MANY_UNITS',
    'TOKEN_MISSING',
    'TOKEN_INVALID',
    'FORBIDDEN',
    'OVERLOADED',
    'OUTCOME_UNKNOWN',
  )
  async provideStock(
    @Body() { product_id: idOrNumber, stock: quantity }: ProvideStockDto,
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProvidedAnswer> {
    const context = this.commands.contextOf(request, caller);
    const itemId = await this.#existingItem(idOrNumber);
    const command = { type: 'Provide', quantity, provideId: null } as const;
    const stream = stockStream(itemStock(itemId));
    const { event } = await this.commands.record(stockAggregate, stream, command, 'UnitsProvided', { context, reply });
    return { product_id: itemId, stock: event.balance.available, quantity: event.quantity };
  }

  async #existingItem(idOrNumber: string): Promise<string> {
    const isNumber = /^\d+$/.test(idOrNumber);
    const itemId = isNumber ? await this.numbers.targetOf('item', Number(idOrNumber)) : idOrNumber;
    if (itemId === undefined) throw problem('ITEM_NOT_FOUND');
    const item = await this.commands.read(itemAggregate, itemStream(itemId));
    if (item.status === 'unknown') throw problem('ITEM_NOT_FOUND');
    return itemId;
  }
}
