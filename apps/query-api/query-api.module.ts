import type { DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { SessionList, Users, type Tokens } from '#auth';
import { CallerGuard, type Doorkeeper, type PublicRequests } from '#auth/guard';
import { HoldIds } from '#ids';
import { AvailabilityQueries, HoldQueries, ItemQueries, ItemStock, MovementQueries } from '#read-models';
import { SlotAvailability, SlotQueries } from '#read-models';
import { ProjectionReports } from './admin/projection-reports.ts';
import { ProjectionsController } from './admin/projections.controller.ts';
import { ReadYourWrites } from './consistency/read-your-writes.ts';
import { HoldsController } from './holds/holds.controller.ts';
import { ItemsController } from './items/items.controller.ts';
import { SlotsController } from './slots/slots.controller.ts';
import { StockController } from './stock/stock.controller.ts';
import { SessionsController } from './user/sessions.controller.ts';
import { UserController } from './user/user.controller.ts';

export interface QueryApiParts {
  readonly availability: AvailabilityQueries;
  readonly items: ItemQueries;
  readonly slots: SlotQueries;
  readonly movements: MovementQueries;
  readonly holds: HoldQueries;
  readonly holdIds: HoldIds;
  readonly users: Users;
  readonly sessionList: SessionList;
  readonly projectionReports: ProjectionReports;
  readonly readYourWrites: ReadYourWrites;
  readonly tokens: Tokens;
  readonly doorkeeper: Doorkeeper;
  readonly publicRequests: PublicRequests;
}

class QueryApi {}

export function queryApiModule(parts: QueryApiParts): DynamicModule {
  const { availability, items, slots, movements, holds, holdIds, users, readYourWrites, tokens, doorkeeper } = parts;
  return {
    module: QueryApi,
    controllers: [
      StockController,
      ItemsController,
      SlotsController,
      HoldsController,
      UserController,
      SessionsController,
      ProjectionsController,
    ],
    providers: [
      { provide: AvailabilityQueries, useValue: availability },
      { provide: ItemQueries, useValue: items },
      { provide: ItemStock, useValue: new ItemStock(items, availability) },
      { provide: SlotQueries, useValue: slots },
      { provide: SlotAvailability, useValue: new SlotAvailability(slots, availability) },
      { provide: MovementQueries, useValue: movements },
      { provide: HoldQueries, useValue: holds },
      { provide: HoldIds, useValue: holdIds },
      { provide: Users, useValue: users },
      { provide: SessionList, useValue: parts.sessionList },
      { provide: ProjectionReports, useValue: parts.projectionReports },
      { provide: ReadYourWrites, useValue: readYourWrites },
      { provide: APP_GUARD, useValue: new CallerGuard(tokens, doorkeeper, parts.publicRequests) },
    ],
  };
}
