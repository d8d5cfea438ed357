import type { DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import type { Tokens } from '#auth';
import { CallerGuard } from '#auth/guard';
import { AvailabilityQueries, ItemQueries } from '#read-models';
import { ReadYourWrites } from './consistency/read-your-writes.ts';
import { StockController } from './stock/stock.controller.ts';

export interface QueryApiParts {
  readonly availability: AvailabilityQueries;
  readonly items: ItemQueries;
  readonly readYourWrites: ReadYourWrites;
  readonly tokens: Tokens;
}

class QueryApi {}

export function queryApiModule({ availability, items, readYourWrites, tokens }: QueryApiParts): DynamicModule {
  return {
    module: QueryApi,
    controllers: [StockController],
    providers: [
      { provide: AvailabilityQueries, useValue: availability },
      { provide: ItemQueries, useValue: items },
      { provide: ReadYourWrites, useValue: readYourWrites },
      { provide: APP_GUARD, useValue: new CallerGuard(tokens) },
    ],
  };
}
