import type { DynamicModule, Provider } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import type { AuthGuard } from '#http/guard';
import { HoldIds } from '#ids';
import { ApiKeyList, OrderContacts, SessionList, Users } from '#people';
import type { Pool, Registry } from '#platform';
import {
  AvailabilityQueries,
  CategoryQueries,
  HoldQueries,
  ItemHistoryQueries,
  ItemQueries,
  TransferQueries,
} from '#read-models';
import { ExpiryLag, FollowedHoldsQueries, FollowedPlacesQueries } from '#read-models';
import { JournalQueries } from '#read-models';
import { InventoryItems, InventoryQueries, ItemStock, MovementQueries, ProductQueries } from '#read-models';
import { AcceptanceQueries, RequestQueries } from '#read-models';
import { ProvideQueries, PurchaseQueries, ReturnQueries } from '#read-models';
import { LendQueries, WhereaboutsQueries } from '#read-models';
import { OrderHistoryQueries, OrderQueries, SaleTermsQueries, SlotAvailability, SlotQueries } from '#read-models';
import { useCasesModule } from '#use-cases/bus';
import { WebhookQueries } from '#webhooks';
import { CategoriesController } from './catalog/categories.controller.ts';
import { GetCategoryHandler } from './catalog/get-category.ts';
import { GetItemHandler } from './catalog/get-item.ts';
import { GetProductHandler } from './catalog/get-product.ts';
import { GetProductHistoryHandler } from './catalog/get-product-history.ts';
import { ItemsController } from './catalog/items.controller.ts';
import { ListCategoriesHandler } from './catalog/list-categories.ts';
import { ListItemsHandler } from './catalog/list-items.ts';
import { ListProductsHandler } from './catalog/list-products.ts';
import { ProductHistoryController } from './catalog/product-history.controller.ts';
import { ProductsController } from './catalog/products.controller.ts';
import { JournalSwitch } from './edge/journal-is-on.guard.ts';
import { ReadYourWrites } from './edge/read-your-writes.ts';
import { FollowHoldsHandler } from './holds/follow-holds.ts';
import { GetHoldHandler } from './holds/get-hold.ts';
import { HoldsController } from './holds/holds.controller.ts';
import { ListHoldsHandler } from './holds/list-holds.ts';
import { EventsController } from './journal/events.controller.ts';
import { GetEventHandler } from './journal/get-event.ts';
import { ListEventsHandler } from './journal/list-events.ts';
import { GetInventoryHandler } from './lending/get-inventory.ts';
import { GetLendHandler } from './lending/get-lend.ts';
import { GetWhereaboutsHandler } from './lending/get-whereabouts.ts';
import { InventoriesController } from './lending/inventories.controller.ts';
import { LendsController } from './lending/lends.controller.ts';
import { ListInventoriesHandler } from './lending/list-inventories.ts';
import { ListInventoryItemsHandler } from './lending/list-inventory-items.ts';
import { ListProvidesHandler } from './lending/list-provides.ts';
import { ProvidesController } from './lending/provides.controller.ts';
import { ListLendsHandler } from './lending/list-lends.ts';
import { ListTransfersHandler } from './lending/list-transfers.ts';
import { TransfersController } from './lending/transfers.controller.ts';
import { WhereaboutsController } from './lending/whereabouts.controller.ts';
import { GetStatusHandler } from './operations/get-status.ts';
import { ListParkedStreamsHandler } from './operations/list-parked-streams.ts';
import { ListProjectionsHandler } from './operations/list-projections.ts';
import { ProjectionReports } from './operations/projection-reports.ts';
import { ProjectionsController } from './operations/projections.controller.ts';
import { ServiceReports } from './operations/service-reports.ts';
import { StatusController } from './operations/status.controller.ts';
import { GetOrderHandler } from './orders/get-order.ts';
import { GetOrderHistoryHandler } from './orders/get-order-history.ts';
import { ListOrdersHandler } from './orders/list-orders.ts';
import { OrdersController } from './orders/orders.controller.ts';
import { ApiKeysController } from './people/api-keys.controller.ts';
import { GetProfileHandler } from './people/get-profile.ts';
import { ListApiKeysHandler } from './people/list-api-keys.ts';
import { ListSessionsHandler } from './people/list-sessions.ts';
import { ProfileController } from './people/profile.controller.ts';
import { SessionsController } from './people/sessions.controller.ts';
import { GetPurchaseHandler } from './purchases/get-purchase.ts';
import { ListPurchasesHandler } from './purchases/list-purchases.ts';
import { PurchasesController } from './purchases/purchases.controller.ts';
import { GetRequestHandler } from './requests/get-request.ts';
import { ListAcceptancesHandler } from './requests/list-acceptances.ts';
import { ListRequestsHandler } from './requests/list-requests.ts';
import { RequestsController } from './requests/requests.controller.ts';
import { GetSlotHandler } from './slots/get-slot.ts';
import { GetSlotHistoryHandler } from './slots/get-slot-history.ts';
import { ListPlacesHandler } from './slots/list-places.ts';
import { ListSlotsHandler } from './slots/list-slots.ts';
import { SlotsController } from './slots/slots.controller.ts';
import { GetStockAtHandler } from './stock/get-stock-at.ts';
import { GetStockHistoryHandler } from './stock/get-stock-history.ts';
import { GetStockHandler } from './stock/get-stock.ts';
import { StockController } from './stock/stock.controller.ts';
import { GetWebhookHandler } from './webhooks/get-webhook.ts';
import { ListDeliveriesHandler } from './webhooks/list-deliveries.ts';
import { ListWebhooksHandler } from './webhooks/list-webhooks.ts';
import { WebhooksController } from './webhooks/webhooks.controller.ts';

const handlers = [
  ListItemsHandler,
  GetItemHandler,
  GetProductHandler,
  ListProductsHandler,
  GetProductHistoryHandler,
  ListCategoriesHandler,
  GetCategoryHandler,
  GetStockHandler,
  GetStockAtHandler,
  GetStockHistoryHandler,
  ListSlotsHandler,
  ListPlacesHandler,
  GetSlotHandler,
  GetSlotHistoryHandler,
  ListHoldsHandler,
  FollowHoldsHandler,
  GetHoldHandler,
  ListPurchasesHandler,
  GetPurchaseHandler,
  ListOrdersHandler,
  GetOrderHandler,
  GetOrderHistoryHandler,
  ListInventoriesHandler,
  GetInventoryHandler,
  ListInventoryItemsHandler,
  ListRequestsHandler,
  GetRequestHandler,
  ListAcceptancesHandler,
  ListProvidesHandler,
  ListLendsHandler,
  ListTransfersHandler,
  GetLendHandler,
  GetWhereaboutsHandler,
  GetProfileHandler,
  ListSessionsHandler,
  ListApiKeysHandler,
  ListProjectionsHandler,
  ListParkedStreamsHandler,
  ListEventsHandler,
  GetEventHandler,
  GetStatusHandler,
  ListWebhooksHandler,
  GetWebhookHandler,
  ListDeliveriesHandler,
];

const controllers = [
  StockController,
  ItemsController,
  ProductsController,
  ProductHistoryController,
  CategoriesController,
  SlotsController,
  HoldsController,
  PurchasesController,
  OrdersController,
  InventoriesController,
  RequestsController,
  ProvidesController,
  LendsController,
  TransfersController,
  WhereaboutsController,
  ProfileController,
  SessionsController,
  ApiKeysController,
  ProjectionsController,
  EventsController,
  StatusController,
  WebhooksController,
];

/** What handlers ask, and what needs nothing but PostgreSQL. */
const queries = [
  ItemQueries,
  ProductQueries,
  ItemHistoryQueries,
  CategoryQueries,
  SlotQueries,
  SaleTermsQueries,
  MovementQueries,
  FollowedPlacesQueries,
  FollowedHoldsQueries,
  HoldQueries,
  PurchaseQueries,
  ReturnQueries,
  LendQueries,
  WhereaboutsQueries,
  OrderQueries,
  OrderHistoryQueries,
  InventoryQueries,
  TransferQueries,
  InventoryItems,
  RequestQueries,
  AcceptanceQueries,
  ProvideQueries,
  OrderContacts,
  Users,
  SessionList,
  ApiKeyList,
  JournalQueries,
  ServiceReports,
  ExpiryLag,
  WebhookQueries,
];

export interface QueryApiParts {
  readonly pool: Pool;
  readonly availability: AvailabilityQueries;
  readonly holdIds: HoldIds;
  readonly readYourWrites: ReadYourWrites;
  readonly guard: AuthGuard;
  readonly metrics: Registry;
  readonly journal: boolean;
}

class QueryApi {}

export function queryApiModule(parts: QueryApiParts): DynamicModule {
  const { pool, availability, holdIds, readYourWrites, journal } = parts;
  const readable: Provider[] = [
    ...queries.map((ofPool) => ({ provide: ofPool, useValue: new ofPool(pool) })),
    { provide: AvailabilityQueries, useValue: availability },
    {
      provide: ItemStock,
      useFactory: (items: ItemQueries) => new ItemStock(items, availability),
      inject: [ItemQueries],
    },
    {
      provide: SlotAvailability,
      useFactory: (slots: SlotQueries) => new SlotAvailability(slots, availability),
      inject: [SlotQueries],
    },
    { provide: HoldIds, useValue: holdIds },
    { provide: ProjectionReports, useValue: new ProjectionReports(pool, { journal }) },
    { provide: JournalSwitch, useValue: new JournalSwitch(journal) },
  ];
  return {
    module: QueryApi,
    imports: [useCasesModule(handlers, readable, parts.metrics)],
    controllers,
    providers: [
      { provide: ReadYourWrites, useValue: readYourWrites },
      { provide: APP_GUARD, useValue: parts.guard },
    ],
  };
}
