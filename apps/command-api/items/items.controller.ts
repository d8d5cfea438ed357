import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { itemAggregate } from '#aggregates';
import type { Caller } from '#auth';
import { CurrentCaller, ForStaff } from '#auth/guard';
import { Numbers } from '#commands';
import { itemStream } from '#domain';
import { Refuses } from '#http';
import { Commands } from '../commands/commands.ts';
import { CreateItemDto, ItemAnswer } from './items.dto.ts';

const madeIdLength = 16;

@ApiTags('catalog')
@Controller('products')
export class ItemsController {
  constructor(
    private readonly commands: Commands,
    private readonly numbers: Numbers,
  ) {}

  @Post()
  @ForStaff()
  @ApiOperation({ summary: 'Create an item' })
  @ApiCreatedResponse({ type: ItemAnswer })
  @Refuses(
    'VALIDATION_FAILED',
    'ID_TAKEN',
    'TOKEN_MISSING',
    'TOKEN_INVALID',
    'FORBIDDEN',
    'OVERLOADED',
    'OUTCOME_UNKNOWN',
  )
  async createItem(
    @Body() { id, name, price }: CreateItemDto,
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ItemAnswer> {
    const context = this.commands.contextOf(request, caller);
    // Made of the command's id, so that a retry creates the same item.
    const itemId = id ?? `prod_${context.commandId.replaceAll('-', '').slice(0, madeIdLength)}`;
    const number = await this.numbers.assign('item', context.commandId, itemId);
    const command = { type: 'CreateItem', itemId, number, name, price } as const;
    const stream = itemStream(itemId);
    const { event, at } = await this.commands.record(itemAggregate, stream, command, 'ItemCreated', { context, reply });
    return {
      id: event.itemId,
      number: event.number,
      name: event.name,
      price: event.price,
      createdAt: new Date(at).toISOString(),
    };
  }
}
