import type { DynamicModule } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { CallerGuard, type Doorkeeper, type PublicRequests } from '#auth/guard';
import { CommandRuntime, Numbers } from '#commands';
import type { EventStore } from '#event-store';
import type { ConsistencyTokens } from '#http';
import { HoldIds } from '#ids';
import type { Config, Registry } from '#platform';
import { useCasesModule } from '#use-cases';
import { authControllers, authProviders, type AuthParts } from './auth/auth-parts.ts';
import { Commands } from './commands/commands.ts';
import { AnswerUseCase } from './edge/answer-use-case.interceptor.ts';
import { Held } from './holds/held.ts';
import { HoldAllowance } from './holds/hold-allowance.ts';
import { HoldsController } from './holds/holds.controller.ts';
import { ItemsController } from './items/items.controller.ts';
import { Items } from './items/items.ts';
import { KnownItems } from './items/known-items.ts';
import { PurchaseUnitsHandler } from './purchases/purchase-units.ts';
import { PurchasesController } from './purchases/purchases.controller.ts';
import { KnownSlots } from './slots/known-slots.ts';
import { Opening } from './slots/opening.ts';
import { SlotsController } from './slots/slots.controller.ts';
import { StockController } from './stock/stock.controller.ts';
import { Stocks } from './stock/stocks.ts';

const handlers = [PurchaseUnitsHandler];

export interface CommandApiParts {
  readonly config: Config;
  readonly runtime: CommandRuntime;
  readonly store: EventStore;
  readonly holdIds: HoldIds;
  readonly consistencyTokens: ConsistencyTokens;
  readonly doorkeeper: Doorkeeper;
  readonly publicRequests: PublicRequests;
  readonly numbers: Numbers;
  readonly auth: AuthParts;
  readonly metrics: Registry;
}

class CommandApi {}

export function commandApiModule(parts: CommandApiParts): DynamicModule {
  const { config, runtime, store, holdIds, consistencyTokens, doorkeeper, numbers, auth } = parts;
  const commands = new Commands(runtime, consistencyTokens, config.requestTimeoutMs);
  const slots = new KnownSlots(commands);
  const allowance = new HoldAllowance(config);
  const streams = [
    { provide: Items, useValue: new Items(runtime, numbers) },
    { provide: Stocks, useValue: new Stocks(runtime) },
  ];
  return {
    module: CommandApi,
    imports: [useCasesModule(handlers, streams, parts.metrics)],
    controllers: [
      ...authControllers,
      ItemsController,
      StockController,
      PurchasesController,
      SlotsController,
      HoldsController,
    ],
    providers: [
      { provide: Commands, useValue: commands },
      { provide: KnownItems, useValue: new KnownItems(commands, numbers) },
      { provide: KnownSlots, useValue: slots },
      { provide: Opening, useValue: new Opening(commands, numbers, slots) },
      { provide: Held, useValue: new Held(commands, holdIds, store, allowance) },
      { provide: HoldAllowance, useValue: allowance },
      { provide: Numbers, useValue: numbers },
      ...authProviders(auth),
      { provide: APP_INTERCEPTOR, useValue: new AnswerUseCase(consistencyTokens) },
      { provide: APP_GUARD, useValue: new CallerGuard(auth.tokens, doorkeeper, parts.publicRequests) },
    ],
  };
}
