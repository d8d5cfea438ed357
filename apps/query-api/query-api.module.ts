import type { DynamicModule } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import type { AuthGuard } from '#http/guard';
import { HoldIds } from '#ids';
import { SessionList, Users } from '#people';
import type { Registry } from '#platform';
import {
  AvailabilityQueries,
  CategoryQueries,
  HoldQueries,
  ItemQueries,
  ItemStock,
  MovementQueries,
} from '#read-models';
import { SlotAvailability, SlotQueries } from '#read-models';
import { useCasesModule } from '#use-cases/bus';
import { CategoriesController } from './catalog/categories.controller.ts';
import { GetCategoryHandler } from './catalog/get-category.ts';
import { GetItemHandler } from './catalog/get-item.ts';
import { ItemsController } from './catalog/items.controller.ts';
import { ListCategoriesHandler } from './catalog/list-categories.ts';
import { ListItemsHandler } from './catalog/list-items.ts';
import { ProductsController } from './catalog/products.controller.ts';
import { AnswerRejections } from './edge/answer-rejections.interceptor.ts';
import { ReadYourWrites } from './edge/read-your-writes.ts';
import { GetHoldHandler } from './holds/get-hold.ts';
import { HoldsController } from './holds/holds.controller.ts';
import { ListHoldsHandler } from './holds/list-holds.ts';
import { ListProjectionsHandler } from './operations/list-projections.ts';
import { ProjectionReports } from './operations/projection-reports.ts';
import { ProjectionsController } from './operations/projections.controller.ts';
import { GetProfileHandler } from './people/get-profile.ts';
import { ListSessionsHandler } from './people/list-sessions.ts';
import { ProfileController } from './people/profile.controller.ts';
import { SessionsController } from './people/sessions.controller.ts';
import { GetSlotHandler } from './slots/get-slot.ts';
import { ListSlotsHandler } from './slots/list-slots.ts';
import { SlotsController } from './slots/slots.controller.ts';
import { GetStockAtHandler } from './stock/get-stock-at.ts';
import { GetStockHistoryHandler } from './stock/get-stock-history.ts';
import { GetStockHandler } from './stock/get-stock.ts';
import { StockController } from './stock/stock.controller.ts';

const handlers = [
  ListItemsHandler,
  GetItemHandler,
  ListCategoriesHandler,
  GetCategoryHandler,
  GetStockHandler,
  GetStockAtHandler,
  GetStockHistoryHandler,
  ListSlotsHandler,
  GetSlotHandler,
  ListHoldsHandler,
  GetHoldHandler,
  GetProfileHandler,
  ListSessionsHandler,
  ListProjectionsHandler,
];

export interface QueryApiParts {
  readonly availability: AvailabilityQueries;
  readonly items: ItemQueries;
  readonly categories: CategoryQueries;
  readonly slots: SlotQueries;
  readonly movements: MovementQueries;
  readonly holds: HoldQueries;
  readonly holdIds: HoldIds;
  readonly users: Users;
  readonly sessionList: SessionList;
  readonly projectionReports: ProjectionReports;
  readonly readYourWrites: ReadYourWrites;
  readonly guard: AuthGuard;
  readonly metrics: Registry;
}

class QueryApi {}

export function queryApiModule(parts: QueryApiParts): DynamicModule {
  const { availability, items, categories, slots, movements, holds, holdIds, users, readYourWrites } = parts;
  const readable = [
    { provide: AvailabilityQueries, useValue: availability },
    { provide: ItemQueries, useValue: items },
    { provide: CategoryQueries, useValue: categories },
    { provide: ItemStock, useValue: new ItemStock(items, availability) },
    { provide: SlotQueries, useValue: slots },
    { provide: SlotAvailability, useValue: new SlotAvailability(slots, availability) },
    { provide: MovementQueries, useValue: movements },
    { provide: HoldQueries, useValue: holds },
    { provide: HoldIds, useValue: holdIds },
    { provide: Users, useValue: users },
    { provide: SessionList, useValue: parts.sessionList },
    { provide: ProjectionReports, useValue: parts.projectionReports },
  ];
  return {
    module: QueryApi,
    imports: [useCasesModule(handlers, readable, parts.metrics)],
    controllers: [
      StockController,
      ItemsController,
      ProductsController,
      CategoriesController,
      SlotsController,
      HoldsController,
      ProfileController,
      SessionsController,
      ProjectionsController,
    ],
    providers: [
      { provide: ReadYourWrites, useValue: readYourWrites },
      { provide: APP_INTERCEPTOR, useValue: new AnswerRejections() },
      { provide: APP_GUARD, useValue: parts.guard },
    ],
  };
}
