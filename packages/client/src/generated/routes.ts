// Made by npm run client:types from docs/openapi.json.

import type * as types from './types.ts';

/** What each operation takes and answers. */
export interface Routes {
  'GET /admin/events': { query: types.ListEventsData['query']; body: types.ListEventsData['body']; answer: types.ListEventsResponse };
  'GET /admin/events/{eventId}': { query: types.GetEventData['query']; body: types.GetEventData['body']; answer: types.GetEventResponse };
  'GET /admin/orders': { query: types.ListAllOrdersData['query']; body: types.ListAllOrdersData['body']; answer: types.ListAllOrdersResponse };
  'GET /admin/projections': { query: types.ListProjectionsData['query']; body: types.ListProjectionsData['body']; answer: types.ListProjectionsResponse };
  'POST /admin/projections/{name}/parked/{stream}/retry': { query: types.RetryParkedStreamData['query']; body: types.RetryParkedStreamData['body']; answer: types.RetryParkedStreamResponse };
  'POST /admin/projections/{name}/parked/{stream}/skip': { query: types.SkipParkedStreamData['query']; body: types.SkipParkedStreamData['body']; answer: types.SkipParkedStreamResponse };
  'POST /admin/projections/{name}/rebuild': { query: types.RebuildProjectionData['query']; body: types.RebuildProjectionData['body']; answer: types.RebuildProjectionResponse };
  'POST /admin/projections/{name}/runs/{id}/cancel': { query: types.CancelProjectionRunData['query']; body: types.CancelProjectionRunData['body']; answer: types.CancelProjectionRunResponse };
  'POST /admin/projections/{name}/verify': { query: types.VerifyProjectionData['query']; body: types.VerifyProjectionData['body']; answer: types.VerifyProjectionResponse };
  'GET /admin/status': { query: types.GetStatusData['query']; body: types.GetStatusData['body']; answer: types.GetStatusResponse };
  'POST /api-keys': { query: types.CreateApiKeyData['query']; body: types.CreateApiKeyData['body']; answer: types.CreateApiKeyResponse };
  'GET /api-keys': { query: types.ListApiKeysData['query']; body: types.ListApiKeysData['body']; answer: types.ListApiKeysResponse };
  'DELETE /api-keys/{id}': { query: types.RevokeApiKeyData['query']; body: types.RevokeApiKeyData['body']; answer: types.RevokeApiKeyResponse };
  'POST /auth/login': { query: types.LoginData['query']; body: types.LoginData['body']; answer: types.LoginResponse };
  'POST /auth/logout': { query: types.LogoutData['query']; body: types.LogoutData['body']; answer: types.LogoutResponse };
  'POST /auth/me': { query: types.WhoAmIData['query']; body: types.WhoAmIData['body']; answer: types.WhoAmIResponse };
  'GET /auth/me': { query: types.GetMeData['query']; body: types.GetMeData['body']; answer: types.GetMeResponse };
  'POST /auth/password-resets': { query: types.MakePasswordResetData['query']; body: types.MakePasswordResetData['body']; answer: types.MakePasswordResetResponse };
  'POST /auth/password-resets/{token}': { query: types.ResetPasswordData['query']; body: types.ResetPasswordData['body']; answer: types.ResetPasswordResponse };
  'POST /auth/refresh': { query: types.RefreshData['query']; body: types.RefreshData['body']; answer: types.RefreshResponse };
  'POST /auth/register': { query: types.RegisterData['query']; body: types.RegisterData['body']; answer: types.RegisterResponse };
  'DELETE /auth/sessions': { query: types.EndOtherSessionsData['query']; body: types.EndOtherSessionsData['body']; answer: types.EndOtherSessionsResponse };
  'GET /auth/sessions': { query: types.ListSessionsData['query']; body: types.ListSessionsData['body']; answer: types.ListSessionsResponse };
  'DELETE /auth/sessions/{id}': { query: types.EndSessionData['query']; body: types.EndSessionData['body']; answer: types.EndSessionResponse };
  'POST /auth/signup': { query: types.SignupData['query']; body: types.SignupData['body']; answer: types.SignupResponse };
  'POST /categories': { query: types.CreateCategoryData['query']; body: types.CreateCategoryData['body']; answer: types.CreateCategoryResponse };
  'GET /categories': { query: types.ListCategoriesData['query']; body: types.ListCategoriesData['body']; answer: types.ListCategoriesResponse };
  'PATCH /categories/{id}': { query: types.ChangeCategoryData['query']; body: types.ChangeCategoryData['body']; answer: types.ChangeCategoryResponse };
  'DELETE /categories/{id}': { query: types.DeleteCategoryData['query']; body: types.DeleteCategoryData['body']; answer: types.DeleteCategoryResponse };
  'GET /categories/{id}': { query: types.GetCategoryData['query']; body: types.GetCategoryData['body']; answer: types.GetCategoryResponse };
  'GET /holds': { query: types.ListHoldsData['query']; body: types.ListHoldsData['body']; answer: types.ListHoldsResponse };
  'PATCH /holds/{id}': { query: types.ExtendHoldData['query']; body: types.ExtendHoldData['body']; answer: types.ExtendHoldResponse };
  'DELETE /holds/{id}': { query: types.CancelHoldData['query']; body: types.CancelHoldData['body']; answer: types.CancelHoldResponse };
  'GET /holds/{id}': { query: types.GetHoldData['query']; body: types.GetHoldData['body']; answer: types.GetHoldResponse };
  'POST /holds/{id}/confirm': { query: types.ConfirmHoldData['query']; body: types.ConfirmHoldData['body']; answer: types.ConfirmHoldResponse };
  'POST /holds/{id}/return': { query: types.ReturnHoldData['query']; body: types.ReturnHoldData['body']; answer: types.ReturnHoldResponse };
  'POST /inventories': { query: types.OpenInventoryData['query']; body: types.OpenInventoryData['body']; answer: types.OpenInventoryResponse };
  'GET /inventories': { query: types.ListInventoriesData['query']; body: types.ListInventoriesData['body']; answer: types.ListInventoriesResponse };
  'PATCH /inventories/{id}': { query: types.ChangeInventoryData['query']; body: types.ChangeInventoryData['body']; answer: types.ChangeInventoryResponse };
  'GET /inventories/{id}': { query: types.GetInventoryData['query']; body: types.GetInventoryData['body']; answer: types.GetInventoryResponse };
  'POST /inventories/{id}/holds': { query: types.HoldToLendData['query']; body: types.HoldToLendData['body']; answer: types.HoldToLendResponse };
  'GET /inventories/{id}/items': { query: types.ListInventoryItemsData['query']; body: types.ListInventoryItemsData['body']; answer: types.ListInventoryItemsResponse };
  'POST /inventories/{id}/transfers': { query: types.TransferUnitsData['query']; body: types.TransferUnitsData['body']; answer: types.TransferUnitsResponse };
  'GET /inventories/{id}/transfers': { query: types.ListTransfersData['query']; body: types.ListTransfersData['body']; answer: types.ListTransfersResponse };
  'GET /items': { query: types.ListItemsData['query']; body: types.ListItemsData['body']; answer: types.ListItemsResponse };
  'GET /items/{id}': { query: types.GetItemData['query']; body: types.GetItemData['body']; answer: types.GetItemResponse };
  'POST /items/{id}/hold': { query: types.HoldItemData['query']; body: types.HoldItemData['body']; answer: types.HoldItemResponse };
  'POST /items/{id}/purchase': { query: types.PurchaseItemData['query']; body: types.PurchaseItemData['body']; answer: types.PurchaseItemResponse };
  'GET /items/{id}/whereabouts': { query: types.GetWhereaboutsData['query']; body: types.GetWhereaboutsData['body']; answer: types.GetWhereaboutsResponse };
  'POST /items/purchases': { query: types.PurchaseSeveralData['query']; body: types.PurchaseSeveralData['body']; answer: types.PurchaseSeveralResponse };
  'POST /lends': { query: types.LendUnitsData['query']; body: types.LendUnitsData['body']; answer: types.LendUnitsResponse };
  'GET /lends': { query: types.ListLendsData['query']; body: types.ListLendsData['body']; answer: types.ListLendsResponse };
  'GET /lends/{id}': { query: types.GetLendData['query']; body: types.GetLendData['body']; answer: types.GetLendResponse };
  'PUT /lends/{id}/renew': { query: types.RenewLendData['query']; body: types.RenewLendData['body']; answer: types.RenewLendResponse };
  'PUT /lends/{id}/return': { query: types.ReturnLendData['query']; body: types.ReturnLendData['body']; answer: types.ReturnLendResponse };
  'POST /order': { query: types.OrderOneItemData['query']; body: types.OrderOneItemData['body']; answer: types.OrderOneItemResponse };
  'POST /orders': { query: types.PlaceOrderData['query']; body: types.PlaceOrderData['body']; answer: types.PlaceOrderResponse };
  'GET /orders': { query: types.ListOrdersData['query']; body: types.ListOrdersData['body']; answer: types.ListOrdersResponse };
  'GET /orders/{id}': { query: types.GetOrderData['query']; body: types.GetOrderData['body']; answer: types.GetOrderResponse };
  'POST /orders/{id}/cancel': { query: types.CancelOrderData['query']; body: types.CancelOrderData['body']; answer: types.CancelOrderResponse };
  'GET /orders/{id}/history': { query: types.GetOrderHistoryData['query']; body: types.GetOrderHistoryData['body']; answer: types.GetOrderHistoryResponse };
  'POST /orders/{id}/payment': { query: types.PayOrderData['query']; body: types.PayOrderData['body']; answer: types.PayOrderResponse };
  'POST /orders/{id}/return': { query: types.ReturnOrderData['query']; body: types.ReturnOrderData['body']; answer: types.ReturnOrderResponse };
  'PATCH /orders/{id}/status': { query: types.ChangeOrderStatusData['query']; body: types.ChangeOrderStatusData['body']; answer: types.ChangeOrderStatusResponse };
  'POST /products': { query: types.CreateProductData['query']; body: types.CreateProductData['body']; answer: types.CreateProductResponse };
  'GET /products': { query: types.ListProductsData['query']; body: types.ListProductsData['body']; answer: types.ListProductsResponse };
  'PATCH /products/{id}': { query: types.ChangeProductData['query']; body: types.ChangeProductData['body']; answer: types.ChangeProductResponse };
  'DELETE /products/{id}': { query: types.DiscontinueProductData['query']; body: types.DiscontinueProductData['body']; answer: types.DiscontinueProductResponse };
  'GET /products/{id}': { query: types.GetProductData['query']; body: types.GetProductData['body']; answer: types.GetProductResponse };
  'GET /products/{id}/history': { query: types.GetProductHistoryData['query']; body: types.GetProductHistoryData['body']; answer: types.GetProductHistoryResponse };
  'POST /products/{id}/restore': { query: types.RestoreProductData['query']; body: types.RestoreProductData['body']; answer: types.RestoreProductResponse };
  'POST /products/bulk': { query: types.ImportProductsData['query']; body: types.ImportProductsData['body']; answer: types.ImportProductsResponse };
  'POST /provides': { query: types.ProvideUnitsData['query']; body: types.ProvideUnitsData['body']; answer: types.ProvideUnitsResponse };
  'GET /provides': { query: types.ListProvidesData['query']; body: types.ListProvidesData['body']; answer: types.ListProvidesResponse };
  'GET /purchases': { query: types.ListPurchasesData['query']; body: types.ListPurchasesData['body']; answer: types.ListPurchasesResponse };
  'GET /purchases/{id}': { query: types.GetPurchaseData['query']; body: types.GetPurchaseData['body']; answer: types.GetPurchaseResponse };
  'POST /purchases/{id}/return': { query: types.ReturnPurchaseData['query']; body: types.ReturnPurchaseData['body']; answer: types.ReturnPurchaseResponse };
  'POST /request-accepters': { query: types.AcceptRequestData['query']; body: types.AcceptRequestData['body']; answer: types.AcceptRequestResponse };
  'DELETE /request-accepters/{id}': { query: types.WithdrawAcceptanceData['query']; body: types.WithdrawAcceptanceData['body']; answer: types.WithdrawAcceptanceResponse };
  'POST /requests': { query: types.MakeRequestData['query']; body: types.MakeRequestData['body']; answer: types.MakeRequestResponse };
  'GET /requests': { query: types.ListRequestsData['query']; body: types.ListRequestsData['body']; answer: types.ListRequestsResponse };
  'GET /requests/{id}': { query: types.GetRequestData['query']; body: types.GetRequestData['body']; answer: types.GetRequestResponse };
  'GET /requests/{id}/acceptances': { query: types.ListAcceptancesData['query']; body: types.ListAcceptancesData['body']; answer: types.ListAcceptancesResponse };
  'POST /requests/{id}/cancel': { query: types.CancelRequestData['query']; body: types.CancelRequestData['body']; answer: types.CancelRequestResponse };
  'POST /slots': { query: types.OpenSlotData['query']; body: types.OpenSlotData['body']; answer: types.OpenSlotResponse };
  'GET /slots': { query: types.ListSlotsData['query']; body: types.ListSlotsData['body']; answer: types.ListSlotsResponse };
  'PATCH /slots/{id}': { query: types.ChangeSlotData['query']; body: types.ChangeSlotData['body']; answer: types.ChangeSlotResponse };
  'GET /slots/{id}': { query: types.GetSlotData['query']; body: types.GetSlotData['body']; answer: types.GetSlotResponse };
  'GET /slots/{id}/history': { query: types.SlotHistoryData['query']; body: types.SlotHistoryData['body']; answer: types.SlotHistoryResponse };
  'POST /slots/{id}/hold': { query: types.HoldSlotData['query']; body: types.HoldSlotData['body']; answer: types.HoldSlotResponse };
  'GET /slots/availability': { query: types.ListAvailabilityData['query']; body: types.ListAvailabilityData['body']; answer: types.ListAvailabilityResponse };
  'POST /slots/series': { query: types.OpenSeriesData['query']; body: types.OpenSeriesData['body']; answer: types.OpenSeriesResponse };
  'POST /stock': { query: types.ProvideStockData['query']; body: types.ProvideStockData['body']; answer: types.ProvideStockResponse };
  'GET /stock/{itemId}': { query: types.GetStockData['query']; body: types.GetStockData['body']; answer: types.GetStockResponse };
  'POST /stock/{itemId}/adjustments': { query: types.AdjustStockData['query']; body: types.AdjustStockData['body']; answer: types.AdjustStockResponse };
  'GET /stock/{itemId}/history': { query: types.GetStockHistoryData['query']; body: types.GetStockHistoryData['body']; answer: types.GetStockHistoryResponse };
  'PUT /user/profile': { query: types.ChangeProfileData['query']; body: types.ChangeProfileData['body']; answer: types.ChangeProfileResponse };
  'GET /user/profile': { query: types.GetProfileData['query']; body: types.GetProfileData['body']; answer: types.GetProfileResponse };
  'POST /webhooks': { query: types.CreateWebhookData['query']; body: types.CreateWebhookData['body']; answer: types.CreateWebhookResponse };
  'GET /webhooks': { query: types.ListWebhooksData['query']; body: types.ListWebhooksData['body']; answer: types.ListWebhooksResponse };
  'PATCH /webhooks/{id}': { query: types.ChangeWebhookData['query']; body: types.ChangeWebhookData['body']; answer: types.ChangeWebhookResponse };
  'DELETE /webhooks/{id}': { query: types.DeleteWebhookData['query']; body: types.DeleteWebhookData['body']; answer: types.DeleteWebhookResponse };
  'GET /webhooks/{id}': { query: types.GetWebhookData['query']; body: types.GetWebhookData['body']; answer: types.GetWebhookResponse };
  'GET /webhooks/{id}/deliveries': { query: types.ListDeliveriesData['query']; body: types.ListDeliveriesData['body']; answer: types.ListDeliveriesResponse };
  'POST /webhooks/{id}/deliveries/{deliveryId}/replay': { query: types.ReplayDeliveryData['query']; body: types.ReplayDeliveryData['body']; answer: types.ReplayDeliveryResponse };
  'POST /webhooks/{id}/deliveries/replay': { query: types.ReplayFailedDeliveriesData['query']; body: types.ReplayFailedDeliveriesData['body']; answer: types.ReplayFailedDeliveriesResponse };
  'POST /webhooks/{id}/secret': { query: types.RotateSecretData['query']; body: types.RotateSecretData['body']; answer: types.RotateSecretResponse };
}

/** Its method and path. */
export type Route = keyof Routes;

/** They take nothing but what their path names. */
export const bareRoutes: ReadonlySet<string> = new Set<Route>([
  'GET /admin/events/{eventId}',
  'GET /admin/projections',
  'POST /admin/projections/{name}/parked/{stream}/retry',
  'POST /admin/projections/{name}/parked/{stream}/skip',
  'POST /admin/projections/{name}/rebuild',
  'POST /admin/projections/{name}/runs/{id}/cancel',
  'POST /admin/projections/{name}/verify',
  'GET /admin/status',
  'GET /api-keys',
  'DELETE /api-keys/{id}',
  'POST /auth/logout',
  'POST /auth/me',
  'GET /auth/me',
  'DELETE /auth/sessions',
  'GET /auth/sessions',
  'DELETE /auth/sessions/{id}',
  'GET /categories',
  'DELETE /categories/{id}',
  'GET /categories/{id}',
  'DELETE /holds/{id}',
  'GET /holds/{id}',
  'GET /inventories/{id}',
  'GET /items/{id}',
  'GET /lends/{id}',
  'GET /orders/{id}',
  'POST /orders/{id}/cancel',
  'GET /orders/{id}/history',
  'DELETE /products/{id}',
  'POST /products/{id}/restore',
  'GET /purchases/{id}',
  'DELETE /request-accepters/{id}',
  'GET /requests/{id}',
  'POST /requests/{id}/cancel',
  'GET /slots/{id}',
  'GET /user/profile',
  'GET /webhooks',
  'DELETE /webhooks/{id}',
  'GET /webhooks/{id}',
  'POST /webhooks/{id}/deliveries/{deliveryId}/replay',
  'POST /webhooks/{id}/deliveries/replay',
]);

/** The facts in `data` of each error. */
export interface Facts {
  ACCEPTANCE_NOT_FOUND: types.AcceptanceNotFoundError['data'];
  ALREADY_RETURNED: types.AlreadyReturnedError['data'];
  API_KEY_NOT_FOUND: types.ApiKeyNotFoundError['data'];
  BODY_MALFORMED: types.BodyMalformedError['data'];
  BODY_TOO_LARGE: types.BodyTooLargeError['data'];
  CAPACITY_TOO_SMALL: types.CapacityTooSmallError['data'];
  CATEGORY_IN_USE: types.CategoryInUseError['data'];
  CATEGORY_NOT_FOUND: types.CategoryNotFoundError['data'];
  CLOSED: types.ClosedError['data'];
  CONTENT_TYPE_UNSUPPORTED: types.ContentTypeUnsupportedError['data'];
  CREDENTIALS_WRONG: types.CredentialsWrongError['data'];
  CURRENT_PASSWORD_MISSING: types.CurrentPasswordMissingError['data'];
  DELIVERY_NOT_FOUND: types.DeliveryNotFoundError['data'];
  DISCONTINUED: types.DiscontinuedError['data'];
  EXPECTED_MISMATCH: types.ExpectedMismatchError['data'];
  FORBIDDEN: types.ForbiddenError['data'];
  HEADERS_TOO_LARGE: types.HeadersTooLargeError['data'];
  HOLD_CANCELLED: types.HoldCancelledError['data'];
  HOLD_CONFIRMED: types.HoldConfirmedError['data'];
  HOLD_EXPIRED: types.HoldExpiredError['data'];
  HOLD_IN_ORDER: types.HoldInOrderError['data'];
  HOLD_LENT: types.HoldLentError['data'];
  HOLD_NOT_CONFIRMED: types.HoldNotConfirmedError['data'];
  HOLD_NOT_FOR_SALE: types.HoldNotForSaleError['data'];
  HOLD_NOT_FOUND: types.HoldNotFoundError['data'];
  HOLD_TOO_LONG: types.HoldTooLongError['data'];
  IDEMPOTENCY_KEY_INVALID: types.IdempotencyKeyInvalidError['data'];
  IDEMPOTENCY_KEY_MISSING: types.IdempotencyKeyMissingError['data'];
  ID_TAKEN: types.IdTakenError['data'];
  INSUFFICIENT_STOCK: types.InsufficientStockError['data'];
  INTERNAL: types.InternalError['data'];
  INVENTORY_DOES_NOT_LEND: types.InventoryDoesNotLendError['data'];
  INVENTORY_ID_MISSING: types.InventoryIdMissingError['data'];
  INVENTORY_NOT_FOUND: types.InventoryNotFoundError['data'];
  INVENTORY_TAKES_NOTHING: types.InventoryTakesNothingError['data'];
  ISSUER_UNAVAILABLE: types.IssuerUnavailableError['data'];
  ITEM_NOT_FOUND: types.ItemNotFoundError['data'];
  ITEM_NOT_REQUESTED: types.ItemNotRequestedError['data'];
  ITEM_UNKNOWN: types.ItemUnknownError['data'];
  KEY_IN_FLIGHT: types.KeyInFlightError['data'];
  KEY_REUSED: types.KeyReusedError['data'];
  LEND_AWAITED: types.LendAwaitedError['data'];
  LEND_NOT_FOUND: types.LendNotFoundError['data'];
  LEND_TOO_OLD: types.LendTooOldError['data'];
  LIMIT_PER_BORROWER: types.LimitPerBorrowerError['data'];
  LIMIT_PER_CUSTOMER: types.LimitPerCustomerError['data'];
  MORE_THAN_LENT: types.MoreThanLentError['data'];
  MORE_THAN_TAKEN: types.MoreThanTakenError['data'];
  NOT_COUNTED_HERE: types.NotCountedHereError['data'];
  NOT_IN_INVENTORY: types.NotInInventoryError['data'];
  NOT_ON_SALE: types.NotOnSaleError['data'];
  NOT_PLACED_IN_TIME: types.NotPlacedInTimeError['data'];
  NOT_RECORDED_IN_TIME: types.NotRecordedInTimeError['data'];
  NOT_SHIPPED_YET: types.NotShippedYetError['data'];
  NO_SESSION: types.NoSessionError['data'];
  ORDER_EMPTY: types.OrderEmptyError['data'];
  ORDER_NOT_FOUND: types.OrderNotFoundError['data'];
  ORDER_PAID: types.OrderPaidError['data'];
  ORDER_STATE: types.OrderStateError['data'];
  ORDER_TOTAL_TOO_LARGE: types.OrderTotalTooLargeError['data'];
  OUTCOME_UNKNOWN: types.OutcomeUnknownError['data'];
  OVERLOADED: types.OverloadedError['data'];
  PASSWORD_RESET_NOT_FOUND: types.PasswordResetNotFoundError['data'];
  PASSWORD_WRONG: types.PasswordWrongError['data'];
  PROJECTION_NOT_FOUND: types.ProjectionNotFoundError['data'];
  PURCHASE_NOT_FOUND: types.PurchaseNotFoundError['data'];
  RATE_LIMITED: types.RateLimitedError['data'];
  RENEWED_TOO_OFTEN: types.RenewedTooOftenError['data'];
  REQUEST_CANCELLED: types.RequestCancelledError['data'];
  REQUEST_COMPLETED: types.RequestCompletedError['data'];
  REQUEST_ITEMS_MISSING: types.RequestItemsMissingError['data'];
  REQUEST_NOT_FOUND: types.RequestNotFoundError['data'];
  REQUEST_QTY_MISSING: types.RequestQtyMissingError['data'];
  REQUEST_TYPE_UNKNOWN: types.RequestTypeUnknownError['data'];
  RETURN_TOO_LATE: types.ReturnTooLateError['data'];
  RUN_ENDED: types.RunEndedError['data'];
  RUN_NOT_FOUND: types.RunNotFoundError['data'];
  SALE_ENDS_TOO_EARLY: types.SaleEndsTooEarlyError['data'];
  SESSION_NOT_FOUND: types.SessionNotFoundError['data'];
  SKU_TAKEN: types.SkuTakenError['data'];
  SLOT_ENDS_TOO_EARLY: types.SlotEndsTooEarlyError['data'];
  SLOT_NOT_FOUND: types.SlotNotFoundError['data'];
  SLUG_TAKEN: types.SlugTakenError['data'];
  STREAM_NOT_PARKED: types.StreamNotParkedError['data'];
  TOKEN_INVALID: types.TokenInvalidError['data'];
  TOKEN_MISSING: types.TokenMissingError['data'];
  TOO_MANY_ACCEPTANCES: types.TooManyAcceptancesError['data'];
  TOO_MANY_API_KEYS: types.TooManyApiKeysError['data'];
  TOO_MANY_ATTEMPTS: types.TooManyAttemptsError['data'];
  TOO_MANY_CLAIMS: types.TooManyClaimsError['data'];
  TOO_MANY_UNITS: types.TooManyUnitsError['data'];
  TOO_MANY_VALUES: types.TooManyValuesError['data'];
  TOO_MANY_WEBHOOKS: types.TooManyWebhooksError['data'];
  TOO_MUCH_METADATA: types.TooMuchMetadataError['data'];
  TRANSFER_TOO_OLD: types.TransferTooOldError['data'];
  UNAVAILABLE: types.UnavailableError['data'];
  USER_DISABLED: types.UserDisabledError['data'];
  USER_NOT_FOUND: types.UserNotFoundError['data'];
  VALIDATION_FAILED: types.ValidationFailedError['data'];
  WEBHOOK_NOT_FOUND: types.WebhookNotFoundError['data'];
  EVENT_NOT_FOUND: types.EventNotFoundError['data'];
  JOURNAL_NOT_BUILT: types.JournalNotBuiltError['data'];
  JOURNAL_OFF: types.JournalOffError['data'];
  NOTHING_RECORDED_YET: types.NothingRecordedYetError['data'];
  NOT_YET_VISIBLE: types.NotYetVisibleError['data'];
  PROJECTION_PARKED: types.ProjectionParkedError['data'];
  TOKEN_FOREIGN: types.TokenForeignError['data'];
  TOO_MANY_STREAMS: types.TooManyStreamsError['data'];
  ON_BEHALF_OF_MISSING: unknown;
  REQUEST_MALFORMED: unknown;
  ON_BEHALF_OF_NOT_ALLOWED: unknown;
  RESERVATION_NOT_FOUND: unknown;
  ROUTE_UNKNOWN: unknown;
  TRANSFER_NOT_FOUND: unknown;
  METHOD_NOT_ALLOWED: unknown;
  REQUEST_TIMEOUT: unknown;
  ORDER_RELEASED: unknown;
  ORDER_TOO_OLD: unknown;
  URL_TOO_LONG: unknown;
  EXPECTATION_FAILED: unknown;
  UPSTREAM_UNAVAILABLE: unknown;
  RETURNS_FORGOTTEN: unknown;
  STOPPING: unknown;
}
