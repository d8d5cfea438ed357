import type { DynamicModule, Provider, Type } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CommandRuntime, GroupMembers, Numbers, OrderNumbers, UniqueValues } from '#commands';
import type { LendReservations, PurchaseReservations } from '#commands';
import type { EventStore } from '#event-store';
import type { AuthGuard } from '#http/guard';
import { HoldIds, PurchaseIds } from '#ids';
import { OrderContacts } from '#people';
import type { Config, Logger, Registry } from '#platform';
import { ProjectionRuns } from '#projections';
import type { HoldQueries, OpenLends, PurchaseQueries, ReturnQueries } from '#read-models';
import { useCasesModule } from '#use-cases';
import { Deliveries, ReceiverUrls, Webhooks } from '#webhooks';
import { catalog } from './catalog/catalog.module.ts';
import { Categories } from './catalog/categories.ts';
import { ItemReservations } from './catalog/item-reservations.ts';
import { ItemWrites } from './catalog/item-writes.ts';
import { Items } from './catalog/items.ts';
import { Products } from './catalog/products.ts';
import { Sale } from './catalog/sale.ts';
import { HoldAllowance } from './holds/hold-allowance.ts';
import { holds } from './holds/holds.module.ts';
import { ConfirmedHolds } from './holds/confirmed-holds.ts';
import { Holds } from './holds/holds.ts';
import { BorrowerLimits } from './lending/borrower-limits.ts';
import { Inventories } from './lending/inventories.ts';
import { Lends } from './lending/lends.ts';
import { lending } from './lending/lending.module.ts';
import { TransferRunner } from './lending/transfer-runner.ts';
import { Transfers } from './lending/transfers.ts';
import { OrderChanges } from './orders/order-changes.ts';
import { OrderReturns } from './orders/order-returns.ts';
import { OrderRunner } from './orders/order-runner.ts';
import { OrderTerms } from './orders/order-terms.ts';
import { Orders } from './orders/orders.ts';
import { orders } from './orders/orders.module.ts';
import { PricedLines } from './orders/priced-lines.ts';
import { operations } from './operations/operations.module.ts';
import { ParkedStreams } from './operations/parked-streams.ts';
import { RebuiltProjections } from './operations/request-projection-run.ts';
import { people } from './people/people.module.ts';
import { peopleProviders, type PeopleParts } from './people/people-parts.ts';
import { ActingUsers } from './people/acting-users.ts';
import { purchases } from './purchases/purchases.module.ts';
import { Purchases } from './purchases/purchases.ts';
import { Needs } from './requests/needs.ts';
import { requests } from './requests/requests.module.ts';
import { Requests } from './requests/requests.ts';
import { Places } from './slots/places.ts';
import { slots } from './slots/slots.module.ts';
import { Slots } from './slots/slots.ts';
import { stock } from './stock/stock.module.ts';
import { GiveBacks } from './stock/give-backs.ts';
import { PurchaseLimits } from './stock/purchase-limits.ts';
import { Stocks } from './stock/stocks.ts';
import { webhooks } from './webhooks/webhooks.module.ts';

const capabilities = [people, catalog, stock, purchases, slots, holds, orders, lending, requests, webhooks, operations];

export interface CommandApiParts {
  readonly config: Config;
  readonly runtime: CommandRuntime;
  readonly store: EventStore;
  readonly holdIds: HoldIds;
  readonly purchaseIds: PurchaseIds;
  readonly guard: AuthGuard;
  readonly numbers: Numbers;
  readonly uniqueValues: UniqueValues;
  readonly groupMembers: GroupMembers;
  readonly orderNumbers: OrderNumbers;
  readonly orderContacts: OrderContacts;
  readonly lendReservations: LendReservations;
  readonly purchaseReservations: PurchaseReservations;
  readonly openLends: OpenLends;
  readonly holdQueries: HoldQueries;
  readonly purchaseQueries: PurchaseQueries;
  readonly returnQueries: ReturnQueries;
  readonly people: PeopleParts;
  readonly webhooks: WebhookParts;
  readonly projectionRuns: ProjectionRuns;
  readonly parkedStreams: ParkedStreams;
  readonly rebuiltProjections: RebuiltProjections;
  readonly metrics: Registry;
  readonly log: Logger;
}

export interface WebhookParts {
  readonly webhooks: Webhooks;
  readonly deliveries: Deliveries;
  readonly urls: ReceiverUrls;
}

class CommandApi {}

export function commandApiModule(parts: CommandApiParts): DynamicModule {
  const handlers = capabilities.flatMap((capability): Type[] => capability.handlers);
  const controllers = capabilities.flatMap((capability): Type[] => capability.controllers);
  return {
    module: CommandApi,
    imports: [useCasesModule(handlers, [...peopleProviders(parts.people), ...handledWith(parts)], parts.metrics)],
    controllers,
    providers: [{ provide: APP_GUARD, useValue: parts.guard }],
  };
}

/** What the handlers of the capabilities have at hand. */
function handledWith(parts: CommandApiParts): Provider[] {
  const { config, runtime, store, holdIds, numbers, uniqueValues, groupMembers, webhooks: hooks } = parts;
  const { orderNumbers, orderContacts, holdQueries, purchaseQueries, returnQueries, log } = parts;
  const items = new Items(runtime, numbers);
  const categories = new Categories(runtime, numbers);
  const reservations = new ItemReservations(items, categories, uniqueValues, groupMembers);
  const stocks = new Stocks(runtime);
  const limits = new PurchaseLimits(parts.purchaseReservations, stocks, store, log);
  const slotStreams = new Slots(runtime);
  const orderStreams = new Orders(runtime);
  const inventories = new Inventories(runtime, parts.people.users);
  const transfers = new Transfers(runtime);
  const orderRunner = new OrderRunner(orderStreams, stocks, limits, log);
  const orderReturns = new OrderReturns(stocks, returnQueries);
  return [
    { provide: Items, useValue: items },
    { provide: Categories, useValue: categories },
    { provide: ItemWrites, useValue: new ItemWrites(items, numbers, reservations) },
    { provide: Products, useValue: new Products(stocks) },
    { provide: Stocks, useValue: stocks },
    { provide: Slots, useValue: slotStreams },
    { provide: Sale, useValue: new Sale(items, stocks) },
    { provide: Places, useValue: new Places(slotStreams, stocks) },
    { provide: Holds, useValue: new Holds(holdIds, store) },
    { provide: ConfirmedHolds, useValue: new ConfirmedHolds(stocks, holdQueries, store) },
    { provide: Purchases, useValue: new Purchases(parts.purchaseIds, purchaseQueries, store) },
    { provide: GiveBacks, useValue: new GiveBacks(stocks, items, slotStreams, returnQueries, store, limits) },
    { provide: PurchaseLimits, useValue: limits },
    { provide: HoldAllowance, useValue: new HoldAllowance(config) },
    { provide: HoldIds, useValue: holdIds },
    { provide: PurchaseIds, useValue: parts.purchaseIds },
    { provide: Inventories, useValue: inventories },
    { provide: Lends, useValue: new Lends(numbers, inventories, items, parts.people.users) },
    { provide: BorrowerLimits, useValue: new BorrowerLimits(parts.lendReservations, parts.openLends, numbers, stocks) },
    { provide: ActingUsers, useValue: new ActingUsers(parts.people.users) },
    { provide: Transfers, useValue: transfers },
    { provide: TransferRunner, useValue: new TransferRunner(transfers, stocks, store, log) },
    { provide: Orders, useValue: orderStreams },
    { provide: OrderRunner, useValue: orderRunner },
    { provide: OrderChanges, useValue: new OrderChanges(orderStreams, orderContacts, orderRunner, orderReturns) },
    { provide: OrderReturns, useValue: orderReturns },
    { provide: OrderTerms, useValue: new OrderTerms(config) },
    { provide: PricedLines, useValue: new PricedLines(items, stocks, holdIds) },
    { provide: Requests, useValue: new Requests(runtime) },
    { provide: Needs, useValue: new Needs(items) },
    { provide: OrderNumbers, useValue: orderNumbers },
    { provide: OrderContacts, useValue: orderContacts },
    { provide: Numbers, useValue: numbers },
    { provide: UniqueValues, useValue: uniqueValues },
    { provide: GroupMembers, useValue: groupMembers },
    { provide: Webhooks, useValue: hooks.webhooks },
    { provide: Deliveries, useValue: hooks.deliveries },
    { provide: ProjectionRuns, useValue: parts.projectionRuns },
    { provide: ParkedStreams, useValue: parts.parkedStreams },
    { provide: RebuiltProjections, useValue: parts.rebuiltProjections },
    { provide: ReceiverUrls, useValue: hooks.urls },
  ];
}
