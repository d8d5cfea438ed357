import { Injectable } from '@nestjs/common';
import { CommandRuntime } from '#commands';
import {
  stockAggregate,
  type Stock,
  type StockCommand,
  type StockEvent,
  type StockId,
  type StockRejection,
} from '#domain';
import { Streams } from '#use-cases';

/** The stocks of items and slots. */
@Injectable()
export class Stocks extends Streams<StockId, Stock, StockCommand, StockEvent, StockRejection> {
  constructor(runtime: CommandRuntime) {
    super(runtime, stockAggregate);
  }
}
