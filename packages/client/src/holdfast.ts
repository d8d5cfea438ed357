import { Calls } from './calls.ts';
import type { HoldAnswer, ProjectionAnswer, SlotPlacesAnswer } from './generated/types.ts';
import type { InputOf } from './operations.ts';
import type { Credentials } from './session.ts';
import type { RequestOptions } from './transport.ts';

/** A client of one installation, for one user or service. Every operation of the API is here; `request` sends any by its path. */
export class Holdfast extends Calls {
  readonly auth = {
    login: (credentials: Credentials, options?: RequestOptions) => this.logIn(credentials, options),
    register: (user: InputOf<'POST /auth/register'>, options?: RequestOptions) => this.register(user, options),
    signup: (user: InputOf<'POST /auth/signup'>, options?: RequestOptions) => this.signUp(user, options),
    logout: (options?: RequestOptions) => this.logOut(options),
    me: this.call('GET /auth/me'),
    whoAmI: this.call('POST /auth/me'),
    sessions: this.list('GET /auth/sessions', 'sessions'),
    endSession: this.call('DELETE /auth/sessions/{id}'),
    endOtherSessions: this.call('DELETE /auth/sessions'),
    makePasswordReset: this.call('POST /auth/password-resets'),
    resetPassword: this.call('POST /auth/password-resets/{token}'),
  };

  readonly profile = {
    get: this.call('GET /user/profile'),
    change: this.call('PUT /user/profile'),
  };

  readonly apiKeys = {
    list: this.list('GET /api-keys', 'apiKeys'),
    create: this.call('POST /api-keys'),
    revoke: this.call('DELETE /api-keys/{id}'),
  };

  readonly categories = {
    list: this.rows('GET /categories'),
    get: this.call('GET /categories/{id}'),
    create: this.call('POST /categories'),
    change: this.call('PATCH /categories/{id}'),
    delete: this.call('DELETE /categories/{id}'),
  };

  readonly products = {
    list: this.list('GET /products', 'products'),
    get: this.call('GET /products/{id}'),
    create: this.call('POST /products'),
    change: this.call('PATCH /products/{id}'),
    discontinue: this.call('DELETE /products/{id}'),
    restore: this.call('POST /products/{id}/restore'),
    import: this.call('POST /products/bulk'),
    history: this.list('GET /products/{id}/history', 'history'),
  };

  readonly items = {
    list: this.list('GET /items', 'items'),
    get: this.call('GET /items/{id}'),
    follow: this.follow('GET /items/{id}'),
    purchase: this.call('POST /items/{id}/purchase'),
    purchaseSeveral: this.call('POST /items/purchases'),
    hold: this.call('POST /items/{id}/hold'),
    whereabouts: this.list('GET /items/{id}/whereabouts', 'inventories'),
  };

  readonly stock = {
    get: this.call('GET /stock/{itemId}'),
    follow: this.follow('GET /stock/{itemId}'),
    provide: this.call('POST /stock'),
    adjust: this.call('POST /stock/{itemId}/adjustments'),
    history: this.list('GET /stock/{itemId}/history', 'movements'),
  };

  readonly purchases = {
    list: this.list('GET /purchases', 'purchases'),
    get: this.call('GET /purchases/{id}'),
    return: this.call('POST /purchases/{id}/return'),
  };

  readonly slots = {
    list: this.list('GET /slots', 'slots'),
    get: this.call('GET /slots/{id}'),
    availability: this.rows('GET /slots/availability'),
    follow: this.follow<'GET /slots/availability', SlotPlacesAnswer, SlotPlacesAnswer[]>('GET /slots/availability'),
    open: this.call('POST /slots'),
    openSeries: this.call('POST /slots/series'),
    change: this.call('PATCH /slots/{id}'),
    hold: this.call('POST /slots/{id}/hold'),
    history: this.list('GET /slots/{id}/history', 'movements'),
  };

  readonly holds = {
    list: this.list('GET /holds', 'holds'),
    follow: this.follow<'GET /holds', HoldAnswer, HoldAnswer[]>('GET /holds'),
    get: this.call('GET /holds/{id}'),
    confirm: this.call('POST /holds/{id}/confirm'),
    extend: this.call('PATCH /holds/{id}'),
    cancel: this.call('DELETE /holds/{id}'),
    return: this.call('POST /holds/{id}/return'),
  };

  readonly orders = {
    list: this.list('GET /orders', 'orders'),
    listAll: this.list('GET /admin/orders', 'orders'),
    get: this.call('GET /orders/{id}'),
    follow: this.follow('GET /orders/{id}'),
    place: this.call('POST /orders'),
    placeOne: this.call('POST /order'),
    pay: this.call('POST /orders/{id}/payment'),
    changeStatus: this.call('PATCH /orders/{id}/status'),
    cancel: this.call('POST /orders/{id}/cancel'),
    return: this.call('POST /orders/{id}/return'),
    history: this.list('GET /orders/{id}/history', 'history'),
  };

  readonly inventories = {
    list: this.list('GET /inventories', 'inventories'),
    get: this.call('GET /inventories/{id}'),
    open: this.call('POST /inventories'),
    change: this.call('PATCH /inventories/{id}'),
    items: this.list('GET /inventories/{id}/items', 'items'),
    hold: this.call('POST /inventories/{id}/holds'),
    transfer: this.call('POST /inventories/{id}/transfers'),
    transfers: this.list('GET /inventories/{id}/transfers', 'transfers'),
  };

  readonly provides = {
    list: this.list('GET /provides', 'provides'),
    create: this.call('POST /provides'),
  };

  readonly lends = {
    list: this.list('GET /lends', 'lends'),
    get: this.call('GET /lends/{id}'),
    create: this.call('POST /lends'),
    renew: this.call('PUT /lends/{id}/renew'),
    return: this.call('PUT /lends/{id}/return'),
  };

  readonly requests = {
    list: this.list('GET /requests', 'requests'),
    get: this.call('GET /requests/{id}'),
    make: this.call('POST /requests'),
    cancel: this.call('POST /requests/{id}/cancel'),
    accept: this.call('POST /request-accepters'),
    withdraw: this.call('DELETE /request-accepters/{id}'),
    acceptances: this.list('GET /requests/{id}/acceptances', 'acceptances'),
  };

  readonly webhooks = {
    list: this.list('GET /webhooks', 'webhooks'),
    get: this.call('GET /webhooks/{id}'),
    create: this.call('POST /webhooks'),
    change: this.call('PATCH /webhooks/{id}'),
    delete: this.call('DELETE /webhooks/{id}'),
    rotateSecret: this.call('POST /webhooks/{id}/secret'),
    deliveries: this.list('GET /webhooks/{id}/deliveries', 'deliveries'),
    replay: this.call('POST /webhooks/{id}/deliveries/{deliveryId}/replay'),
    replayFailed: this.call('POST /webhooks/{id}/deliveries/replay'),
  };

  readonly status = {
    get: this.call('GET /admin/status'),
  };

  readonly projections = {
    get: this.call('GET /admin/projections'),
    rebuild: this.call('POST /admin/projections/{name}/rebuild'),
    verify: this.call('POST /admin/projections/{name}/verify'),
    cancelRun: this.call('POST /admin/projections/{name}/runs/{id}/cancel'),
    retryParked: this.call('POST /admin/projections/{name}/parked/{stream}/retry'),
    skipParked: this.call('POST /admin/projections/{name}/parked/{stream}/skip'),
    follow: this.follow<'GET /admin/projections', ProjectionAnswer, ProjectionAnswer[]>('GET /admin/projections'),
  };

  readonly events = {
    list: this.list('GET /admin/events', 'events'),
    get: this.call('GET /admin/events/{eventId}'),
  };
}
