// Made by npm run client:types from docs/openapi.json.

export type ClientOptions = {
    baseUrl: `${string}://${string}/api/v1` | (string & {});
};

export type RegisterDto = {
    email: string;
    password: string;
    name: string;
    phone: string;
};

export type UserAnswer = {
    id: string;
    /**
     * Sequential number of the user
     */
    number: number;
    email: string | null;
    /**
     * Null for users who registered with an e-mail address
     */
    user_name: string | null;
    name: string;
    phone: string | null;
    address: string | null;
    role: 'customer' | 'staff';
    createdAt: string;
    updatedAt: string;
};

export type SignedInAnswer = {
    /**
     * The access token; send it as `Authorization: Bearer …`
     */
    token: string;
    /**
     * Can be used once; a refresh returns the next one
     */
    refreshToken: string;
    /**
     * Seconds until the access token expires
     */
    expiresIn: number;
    user: UserAnswer;
};

export type SignupDto = {
    user_name: string;
    password: string;
};

export type LoginDto = {
    email?: string;
    /**
     * A user name or an e-mail address; an alternative to `email`
     */
    username?: string;
    /**
     * Alias of `username`
     */
    user_name?: string;
    password: string;
    /**
     * Accepted for OAuth 2 clients
     */
    grant_type?: 'password';
    /**
     * Ignored; accepted for OAuth 2 clients
     */
    scope?: string;
    /**
     * Ignored; accepted for OAuth 2 clients
     */
    client_id?: string;
    /**
     * Ignored; accepted for OAuth 2 clients
     */
    client_secret?: string;
};

export type OAuthAnswer = {
    /**
     * The access token; send it as `Authorization: Bearer …`
     */
    token: string;
    /**
     * Can be used once; a refresh returns the next one
     */
    refreshToken: string;
    /**
     * Seconds until the access token expires
     */
    expiresIn: number;
    user: UserAnswer;
    /**
     * Only if the request was a form: the same as `token`
     */
    access_token?: string;
    token_type?: 'bearer';
    expires_in?: number;
    refresh_token?: string;
};

export type RefreshDto = {
    /**
     * The refresh token; it can be sent as the bearer token instead
     */
    refreshToken?: string;
};

export type TokensAnswer = {
    /**
     * The access token; send it as `Authorization: Bearer …`
     */
    token: string;
    /**
     * Can be used once; a refresh returns the next one
     */
    refreshToken: string;
    /**
     * Seconds until the access token expires
     */
    expiresIn: number;
};

export type NoticeAnswer = {
    /**
     * Confirmation in the language of Accept-Language
     */
    message: string;
};

export type SessionsEndedAnswer = {
    /**
     * Number of sessions that were ended
     */
    ended: number;
};

export type ProfileDto = {
    name?: string;
    phone?: string;
    /**
     * null removes it
     */
    address?: string | null;
    /**
     * Required to change the password
     */
    currentPassword?: string;
    /**
     * The new password; changing it ends all other sessions
     */
    newPassword?: string;
};

export type ProfileChangedAnswer = {
    /**
     * Confirmation in the language of Accept-Language
     */
    message: string;
    user: UserAnswer;
};

export type CreateApiKeyDto = {
    /**
     * What the key is for
     */
    name: string;
    /**
     * `service`: acts for customers, each request for the one named in On-Behalf-Of; `staff` and `customer`: acts as a user of its own with that role
     */
    roles: 'customer' | 'staff' | 'service';
    /**
     * The key does not expire if this is omitted
     */
    expiresAt?: string;
};

export type CreatedApiKeyAnswer = {
    id: string;
    name: string;
    roles: 'customer' | 'staff' | 'service';
    /**
     * The user of its own that the key acts as; null for `service`
     */
    userId: string | null;
    createdAt: string;
    /**
     * null if the key does not expire
     */
    expiresAt: string | null;
    /**
     * To the minute; null if the key was never used
     */
    lastUsedAt: string | null;
    /**
     * Send it as `Authorization: Bearer …`. It is shown only here
     */
    key: string;
};

export type ApiKeyAnswer = {
    id: string;
    name: string;
    roles: 'customer' | 'staff' | 'service';
    /**
     * The user of its own that the key acts as; null for `service`
     */
    userId: string | null;
    createdAt: string;
    /**
     * null if the key does not expire
     */
    expiresAt: string | null;
    /**
     * To the minute; null if the key was never used
     */
    lastUsedAt: string | null;
};

export type MakePasswordResetDto = {
    /**
     * Of the user; an alternative to `userId`
     */
    email?: string;
    /**
     * Id or number of the user
     */
    userId?: string | number;
};

export type PasswordResetAnswer = {
    userId: string;
    /**
     * Works once, for `POST /auth/password-resets/{token}`. It is shown only here
     */
    token: string;
    /**
     * An hour from now by default
     */
    expiresAt: string;
};

export type ResetPasswordDto = {
    password: string;
};

export type CreateProductDto = {
    /**
     * Units can be bought, ordered and held from this time on; null for no such time
     */
    saleStartsAt?: string | null;
    /**
     * Units can be bought, ordered and held before this time; null for no such time. What is held by then can still be confirmed
     */
    saleEndsAt?: string | null;
    /**
     * Units that one customer may buy, book and order in all, less what was given back; null for no limit. Counts what is taken after the first limit was set
     */
    purchaseLimit?: number | null;
    /**
     * Open holds that one customer may have; null for the limit of the installation
     */
    openHoldsMax?: number | null;
    /**
     * Units that the open holds of one customer may have in all, 0 for no limit; null for the limit of the installation
     */
    heldUnitsMax?: number | null;
    /**
     * Price before a reduction
     */
    originalPrice?: number | null | string;
    description?: string;
    /**
     * Another name of `description`
     */
    detail?: string;
    shortDescription?: string;
    images?: Array<string>;
    thumbnail?: string | null;
    /**
     * Id or number of the category
     */
    categoryId?: string | null | number;
    /**
     * No two products have the same
     */
    sku?: string | null;
    tags?: Array<string>;
    specifications?: {
        [key: string]: string;
    };
    featured?: boolean;
    /**
     * Days from the purchase in which customers can give it back; 0, the default, for not at all
     */
    returnDays?: number;
    /**
     * An id you choose; by default one is generated
     */
    id?: string;
    name: string;
    /**
     * Price in minor units of the currency, such as cents
     */
    price: number | string;
};

export type ProductAnswer = {
    id: string;
    /**
     * Sequential number of the product
     */
    number: number;
    name: string;
    description: string;
    shortDescription: string;
    /**
     * Price in minor units of the currency, such as cents
     */
    price: number;
    originalPrice: number | null;
    images: Array<string>;
    thumbnail: string | null;
    categoryId: string | null;
    /**
     * Units available in the main inventory
     */
    stock: number;
    sku: string | null;
    tags: Array<string>;
    featured: boolean;
    /**
     * Whether the product is discontinued; only staff sees those
     */
    discontinued: boolean;
    createdAt: string | null;
    updatedAt: string | null;
    saleStartsAt: string | null;
    saleEndsAt: string | null;
    purchaseLimit: number | null;
    openHoldsMax: number | null;
    heldUnitsMax: number | null;
    specifications: {
        [key: string]: string;
    };
    /**
     * Days from the purchase in which customers can give it back; 0 for not at all
     */
    returnDays: number;
};

export type ImportProductDto = {
    /**
     * Units can be bought, ordered and held from this time on; null for no such time
     */
    saleStartsAt?: string | null;
    /**
     * Units can be bought, ordered and held before this time; null for no such time. What is held by then can still be confirmed
     */
    saleEndsAt?: string | null;
    /**
     * Units that one customer may buy, book and order in all, less what was given back; null for no limit. Counts what is taken after the first limit was set
     */
    purchaseLimit?: number | null;
    /**
     * Open holds that one customer may have; null for the limit of the installation
     */
    openHoldsMax?: number | null;
    /**
     * Units that the open holds of one customer may have in all, 0 for no limit; null for the limit of the installation
     */
    heldUnitsMax?: number | null;
    /**
     * Price before a reduction
     */
    originalPrice?: number | null | string;
    description?: string;
    /**
     * Another name of `description`
     */
    detail?: string;
    shortDescription?: string;
    images?: Array<string>;
    thumbnail?: string | null;
    /**
     * Id or number of the category
     */
    categoryId?: string | null | number;
    /**
     * No two products have the same
     */
    sku?: string | null;
    tags?: Array<string>;
    specifications?: {
        [key: string]: string;
    };
    featured?: boolean;
    /**
     * Days from the purchase in which customers can give it back; 0, the default, for not at all
     */
    returnDays?: number;
    /**
     * An id you choose; by default one is generated
     */
    id?: string;
    name: string;
    /**
     * Price in minor units of the currency, such as cents
     */
    price: number | string;
    /**
     * Number of units counted in the main inventory, with those that are held or reserved. The stock is adjusted to it
     */
    stock?: number;
    /**
     * Why the stock is adjusted; `import` by default
     */
    reason?: string;
};

export type ImportProductsDto = {
    /**
     * Of two entries with the same id or SKU, the second changes what the first has made
     */
    products: Array<ImportProductDto>;
    /**
     * Whether the entries are only checked: nothing is recorded
     */
    dryRun?: boolean;
};

export type ImportResult = {
    /**
     * 503 if the request must be repeated
     */
    status: number;
    /**
     * Error code
     */
    code?: string;
    /**
     * The id of the product, and whether it was created, changed or unchanged; or details of the error: of 422 VALIDATION_FAILED, a message per field
     */
    data?: {
        [key: string]: unknown;
    };
};

export type ImportResults = {
    /**
     * One for each entry, in the order of the entries
     */
    results: Array<ImportResult>;
};

export type ChangeProductDto = {
    /**
     * Units can be bought, ordered and held from this time on; null for no such time
     */
    saleStartsAt?: string | null;
    /**
     * Units can be bought, ordered and held before this time; null for no such time. What is held by then can still be confirmed
     */
    saleEndsAt?: string | null;
    /**
     * Units that one customer may buy, book and order in all, less what was given back; null for no limit. Counts what is taken after the first limit was set
     */
    purchaseLimit?: number | null;
    /**
     * Open holds that one customer may have; null for the limit of the installation
     */
    openHoldsMax?: number | null;
    /**
     * Units that the open holds of one customer may have in all, 0 for no limit; null for the limit of the installation
     */
    heldUnitsMax?: number | null;
    /**
     * Price before a reduction
     */
    originalPrice?: number | null | string;
    description?: string;
    /**
     * Another name of `description`
     */
    detail?: string;
    shortDescription?: string;
    images?: Array<string>;
    thumbnail?: string | null;
    /**
     * Id or number of the category
     */
    categoryId?: string | null | number;
    /**
     * No two products have the same
     */
    sku?: string | null;
    tags?: Array<string>;
    specifications?: {
        [key: string]: string;
    };
    featured?: boolean;
    /**
     * Days from the purchase in which customers can give it back; 0, the default, for not at all
     */
    returnDays?: number;
    name?: string;
    /**
     * Price in minor units of the currency, such as cents
     */
    price?: number | string;
};

export type CreateCategoryDto = {
    /**
     * An id you choose; by default one is generated
     */
    id?: string;
    name: string;
    /**
     * Its name in URLs; no two categories have the same
     */
    slug: string;
    description?: string;
    icon?: string;
    /**
     * Categories are listed by rank, then by number
     */
    rank?: number;
};

export type CategoryAnswer = {
    id: string;
    name: string;
    slug: string;
    description: string;
    icon: string;
    /**
     * Sequential number of the category
     */
    number: number;
    /**
     * Categories are listed by rank, then by number
     */
    rank: number;
};

export type ChangeCategoryDto = {
    name?: string;
    slug?: string;
    description?: string;
    icon?: string;
    rank?: number;
};

export type ProvideStockDto = {
    /**
     * Id or number of the item
     */
    product_id: string | number;
    /**
     * Units to add to the main inventory
     */
    stock: number;
};

export type ProvidedAnswer = {
    product_id: string;
    /**
     * Units available after the change
     */
    stock: number;
    /**
     * Units added
     */
    quantity: number;
};

export type AdjustStockDto = {
    /**
     * Units to add, or to remove if negative
     */
    delta: number;
    /**
     * Why the stock is corrected. It is stored permanently; do not include personal data
     */
    reason: string;
    /**
     * Number of available units you expect; the request is rejected if it differs
     */
    expected?: number;
    /**
     * Number of the inventory
     */
    inventory_id?: string | number;
};

export type AdjustedAnswer = {
    product_id: string;
    /**
     * Units available after the change
     */
    stock: number;
    delta: number;
    reason: string;
};

export type PurchaseDto = {
    quantity?: number;
    /**
     * Your own name for it, such as the number of a cart: lists find it by `reference`. It is stored permanently; do not include personal data
     */
    reference?: string;
    /**
     * Your own texts by name, at most 20 and 2,000 characters in all, with names of 1 to 40 characters. Stored and shown as they are. It is stored permanently; do not include personal data
     */
    metadata?: {
        [key: string]: string;
    };
};

export type PurchaseAnswer = {
    purchaseId: string;
    itemId: string;
    userId: string;
    quantity: number;
    /**
     * Units of them that were given back
     */
    returnedQuantity: number;
    /**
     * Units available after the purchase
     */
    remaining: number;
    purchasedAt: string;
    /**
     * The reference that was given; absent without one
     */
    reference?: string;
    /**
     * The metadata that was given; absent without any
     */
    metadata?: {
        [key: string]: string;
    };
};

export type PurchaseLineDto = {
    /**
     * Id or number of an item
     */
    id: string | number;
    quantity?: number;
    /**
     * Your own name for it, such as the number of a cart: lists find it by `reference`. It is stored permanently; do not include personal data
     */
    reference?: string;
    /**
     * Your own texts by name, at most 20 and 2,000 characters in all, with names of 1 to 40 characters. Stored and shown as they are. It is stored permanently; do not include personal data
     */
    metadata?: {
        [key: string]: string;
    };
};

export type PurchaseSeveralDto = {
    /**
     * Several lines may be of the same item; each is a purchase of its own
     */
    items: Array<PurchaseLineDto>;
};

export type PurchaseResult = {
    /**
     * 201 if the units were bought; 503 if the request must be repeated
     */
    status: number;
    /**
     * Error code; absent if the units were bought
     */
    code?: 'ITEM_NOT_FOUND' | 'DISCONTINUED' | 'INSUFFICIENT_STOCK' | 'KEY_REUSED' | 'OVERLOADED' | 'OUTCOME_UNKNOWN' | 'UNAVAILABLE' | 'STOPPING';
    /**
     * The purchase, or details of the error if it has any
     */
    data?: PurchaseAnswer | {
        [key: string]: unknown;
    };
};

export type PurchaseResults = {
    /**
     * One for each line, in the order of the lines
     */
    results: Array<PurchaseResult>;
};

export type ReturnDto = {
    /**
     * Units to give back; by default all that were not given back yet
     */
    quantity?: number;
    /**
     * Why. It is stored permanently; do not include personal data
     */
    reason?: string;
};

export type OpenSlotDto = {
    /**
     * Units can be bought, ordered and held from this time on; null for no such time
     */
    saleStartsAt?: string | null;
    /**
     * Units can be bought, ordered and held before this time; null for no such time. What is held by then can still be confirmed
     */
    saleEndsAt?: string | null;
    /**
     * Units that one customer may buy, book and order in all, less what was given back; null for no limit. Counts what is taken after the first limit was set
     */
    purchaseLimit?: number | null;
    /**
     * Open holds that one customer may have; null for the limit of the installation
     */
    openHoldsMax?: number | null;
    /**
     * Units that the open holds of one customer may have in all, 0 for no limit; null for the limit of the installation
     */
    heldUnitsMax?: number | null;
    /**
     * A number you choose; by default the next free one
     */
    id?: number;
    /**
     * Total number of places
     */
    capacity: number;
    /**
     * Start of the slot; no place can be held or booked from then on
     */
    startsAt?: string | null;
    endsAt?: string | null;
    /**
     * Until when customers can give back what they booked; null for the start of the slot, or any time without one. It stays when the start is changed
     */
    cancelUntil?: string | null;
    title?: string | null;
};

export type SlotAnswer = {
    slot_id: number;
    /**
     * Total number of places
     */
    capacity: number;
    /**
     * Places available now
     */
    remaining: number;
    saleStartsAt: string | null;
    saleEndsAt: string | null;
    purchaseLimit: number | null;
    openHoldsMax: number | null;
    heldUnitsMax: number | null;
    title: string | null;
    startsAt: string | null;
    endsAt: string | null;
    /**
     * Until when customers can give back what they booked; null for the start, or any time without one
     */
    cancelUntil: string | null;
    createdAt: string;
};

export type OpenSeriesDto = {
    /**
     * Units can be bought, ordered and held from this time on; null for no such time
     */
    saleStartsAt?: string | null;
    /**
     * Units can be bought, ordered and held before this time; null for no such time. What is held by then can still be confirmed
     */
    saleEndsAt?: string | null;
    /**
     * Units that one customer may buy, book and order in all, less what was given back; null for no limit. Counts what is taken after the first limit was set
     */
    purchaseLimit?: number | null;
    /**
     * Open holds that one customer may have; null for the limit of the installation
     */
    openHoldsMax?: number | null;
    /**
     * Units that the open holds of one customer may have in all, 0 for no limit; null for the limit of the installation
     */
    heldUnitsMax?: number | null;
    title?: string | null;
    /**
     * Total number of places of each slot
     */
    capacity: number;
    /**
     * First day that may have slots
     */
    from: string;
    /**
     * Last day that may have slots; `until` or `count` is required
     */
    until?: string;
    /**
     * How many slots there are, instead of `until`
     */
    count?: number;
    /**
     * Days of the week
     */
    days: Array<'sun' | 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat'>;
    /**
     * When slots start on each of the days, by the clocks of the time zone
     */
    times: Array<string>;
    /**
     * How long each slot is
     */
    durationMinutes: number;
    /**
     * Until how many minutes before its start customers can give back places of a slot; until its start if omitted
     */
    cancelMinutesBefore?: number;
    /**
     * Name of the IANA time zone database
     */
    timeZone: string;
    /**
     * Days without slots
     */
    except?: Array<string>;
};

export type ListedSlotAnswer = {
    id: number;
    title: string | null;
    startsAt: string | null;
    endsAt: string | null;
    /**
     * Total number of places
     */
    capacity: number;
    /**
     * Places available now
     */
    remaining: number;
    /**
     * Whether places can be held now: the slot has not started, and it is on sale
     */
    open: boolean;
};

export type SeriesAnswer = {
    /**
     * In the order in which they start
     */
    slots: Array<ListedSlotAnswer>;
    /**
     * Local times without a slot, because clocks are put forward over them
     */
    skipped: Array<string>;
};

export type ChangeSlotDto = {
    /**
     * Units can be bought, ordered and held from this time on; null for no such time
     */
    saleStartsAt?: string | null;
    /**
     * Units can be bought, ordered and held before this time; null for no such time. What is held by then can still be confirmed
     */
    saleEndsAt?: string | null;
    /**
     * Units that one customer may buy, book and order in all, less what was given back; null for no limit. Counts what is taken after the first limit was set
     */
    purchaseLimit?: number | null;
    /**
     * Open holds that one customer may have; null for the limit of the installation
     */
    openHoldsMax?: number | null;
    /**
     * Units that the open holds of one customer may have in all, 0 for no limit; null for the limit of the installation
     */
    heldUnitsMax?: number | null;
    /**
     * Total number of places; at least those already promised
     */
    capacity?: number;
    startsAt?: string | null;
    endsAt?: string | null;
    /**
     * Until when customers can give back what they booked; null for the start of the slot, or any time without one. It stays when the start is changed
     */
    cancelUntil?: string | null;
    title?: string | null;
};

export type HoldDto = {
    quantity?: number;
    /**
     * Seconds until the hold expires. For customers at most 3,600 by default (HOLDFAST_HOLD_SECONDS_MAX).
     */
    ttlSeconds?: number;
    /**
     * Your own name for it, such as the number of a cart: lists find it by `reference`. It is stored permanently; do not include personal data
     */
    reference?: string;
    /**
     * Your own texts by name, at most 20 and 2,000 characters in all, with names of 1 to 40 characters. Stored and shown as they are. It is stored permanently; do not include personal data
     */
    metadata?: {
        [key: string]: string;
    };
};

export type HoldAnswer = {
    /**
     * Id of the hold; opaque
     */
    id: string;
    /**
     * Number of the slot; absent for a hold on an item
     */
    slot_id?: number;
    /**
     * Id of the item; absent for a hold on a slot
     */
    item_id?: string;
    /**
     * Number of the inventory; absent for a hold in the main one, and on a slot
     */
    inventory_id?: number;
    quantity: number;
    status: 'open' | 'confirmed' | 'cancelled' | 'expired';
    /**
     * Units taken when the hold was confirmed; null unless confirmed
     */
    confirmedQuantity: number | null;
    /**
     * Units of those taken that were given back
     */
    returnedQuantity: number;
    user_id: string;
    /**
     * Time at which an open hold expires
     */
    expiresAt: string;
    createdAt: string;
    /**
     * The reference that was given; absent without one
     */
    reference?: string;
    /**
     * The metadata that was given; absent without any
     */
    metadata?: {
        [key: string]: string;
    };
};

export type HoldToLendDto = {
    quantity?: number;
    /**
     * Seconds until the hold expires. For customers at most 3,600 by default (HOLDFAST_HOLD_SECONDS_MAX).
     */
    ttlSeconds?: number;
    /**
     * Your own name for it, such as the number of a cart: lists find it by `reference`. It is stored permanently; do not include personal data
     */
    reference?: string;
    /**
     * Your own texts by name, at most 20 and 2,000 characters in all, with names of 1 to 40 characters. Stored and shown as they are. It is stored permanently; do not include personal data
     */
    metadata?: {
        [key: string]: string;
    };
    /**
     * Id or number of the item
     */
    item_id: string | number;
};

export type ConfirmHoldDto = {
    /**
     * Units to take; by default all. The rest is released
     */
    quantity?: number;
};

export type ExtendHoldDto = {
    /**
     * New time to expiry in seconds from now; a hold lasts at most 24 hours in total. For customers at most 3,600 by default (HOLDFAST_HOLD_SECONDS_MAX).
     */
    ttlSeconds: number;
};

export type OrderLineDto = {
    /**
     * Id or number of an item
     */
    id: string | number;
    quantity: number;
    /**
     * Your own open hold on the item: the line is taken from it, and the rest of the hold is given back
     */
    holdId?: string;
};

export type ShippingInfoDto = {
    recipientName: string;
    recipientPhone: string;
    city: string;
    district: string;
    address: string;
    postalCode: string;
};

export type PlaceOrderDto = {
    /**
     * 1 to 100 lines; lines of the same item are reserved together
     */
    items: Array<OrderLineDto>;
    shippingInfo: ShippingInfoDto;
    paymentMethod: 'credit_card' | 'atm' | 'cod';
    /**
     * Your own name for it, such as the number of a cart: lists find it by `reference`. It is stored permanently; do not include personal data
     */
    reference?: string;
    /**
     * Your own texts by name, at most 20 and 2,000 characters in all, with names of 1 to 40 characters. Stored and shown as they are. It is stored permanently; do not include personal data
     */
    metadata?: {
        [key: string]: string;
    };
};

export type OrderItemAnswer = {
    id: string;
    /**
     * As it was when the order was submitted
     */
    name: string;
    /**
     * Price of one unit when the order was submitted
     */
    price: number;
    quantity: number;
    thumbnail: string | null;
    /**
     * Units of the line that were given back; only if some of the order were
     */
    returnedQuantity?: number;
};

export type ShippingInfoAnswer = {
    recipientName: string;
    recipientPhone: string;
    city: string;
    district: string;
    address: string;
    postalCode: string;
};

export type OrderAnswer = {
    id: string;
    userId: string;
    orderNumber: string;
    items: Array<OrderItemAnswer>;
    subtotal: number;
    shipping: number;
    discount: number;
    total: number;
    /**
     * `submitted` until all units are reserved: then `pending`, or `rejected`
     */
    status: 'submitted' | 'pending' | 'processing' | 'shipped' | 'completed' | 'cancelled' | 'rejected';
    /**
     * null if nothing is shipped
     */
    paymentMethod: 'credit_card' | 'atm' | 'cod' | null;
    /**
     * null if nothing is shipped, or the customer was erased
     */
    shippingInfo: ShippingInfoAnswer | null;
    trackingNumber: string | null;
    createdAt: string;
    updatedAt: string;
    /**
     * The reference that was given; absent without one
     */
    reference?: string;
    /**
     * The metadata that was given; absent without any
     */
    metadata?: {
        [key: string]: string;
    };
};

export type ChangeOrderStatusDto = {
    status: 'processing' | 'shipped' | 'completed';
    /**
     * Required for `shipped`, and only for it, for example TW123456789
     */
    trackingNumber?: string;
};

export type PayOrderDto = {
    /**
     * The payment, in the words of whoever took it. It is stored permanently; do not include personal data
     */
    reference: string;
};

export type ReturnedLineDto = {
    /**
     * Id or number of an item of the order
     */
    id: string | number;
    /**
     * Units to give back; by default all that were not given back yet
     */
    quantity?: number;
};

export type ReturnOrderDto = {
    /**
     * By default all that is left of every line. Lines of the same item are added up
     */
    lines?: Array<ReturnedLineDto>;
    /**
     * Why. It is stored permanently; do not include personal data
     */
    reason?: string;
};

export type OpenInventoryDto = {
    name: string;
    /**
     * It is stored permanently; do not include personal data
     */
    description?: string;
    /**
     * Whether its units are lent
     */
    lends?: boolean;
    /**
     * Whether anybody may provide units to it
     */
    takesProvides?: boolean;
    /**
     * Duration of a lend for which none is given; null if it then has no due time
     */
    defaultLendSeconds?: number | null;
    /**
     * How many times a lend can be renewed
     */
    renewalsMax?: number;
    /**
     * Open lends that each borrower may have; null for no limit
     */
    openLendsMax?: number | null;
    /**
     * Units on loan that each borrower may have; null for no limit
     */
    lentUnitsMax?: number | null;
    /**
     * Overdue lends that each borrower may have; null for no limit
     */
    overdueLendsMax?: number | null;
};

export type InventoryAnswer = {
    inventory_id: number;
    name: string;
    description: string;
    /**
     * Number of its owner; null for the main inventory, and for an owner who was erased
     */
    owner_id: number | null;
    /**
     * Whether its units are lent
     */
    lends: boolean;
    /**
     * Whether anybody may provide units to it
     */
    takesProvides: boolean;
    /**
     * Duration of a lend for which none is given; null if it then has no due time
     */
    defaultLendSeconds: number | null;
    /**
     * How many times a lend can be renewed
     */
    renewalsMax: number;
    /**
     * Open lends that each borrower may have; null if there is no limit
     */
    openLendsMax: number | null;
    /**
     * Units on loan that each borrower may have; null if there is no limit
     */
    lentUnitsMax: number | null;
    /**
     * Overdue lends that each borrower may have; null if there is no limit
     */
    overdueLendsMax: number | null;
    /**
     * Null for the main inventory, which was always there
     */
    created_at: string | null;
};

export type ChangeInventoryDto = {
    name?: string;
    /**
     * It is stored permanently; do not include personal data
     */
    description?: string;
    /**
     * Whether its units are lent
     */
    lends?: boolean;
    /**
     * Whether anybody may provide units to it
     */
    takesProvides?: boolean;
    /**
     * Duration of a lend for which none is given; null if it then has no due time
     */
    defaultLendSeconds?: number | null;
    /**
     * How many times a lend can be renewed
     */
    renewalsMax?: number;
    /**
     * Open lends that each borrower may have; null for no limit
     */
    openLendsMax?: number | null;
    /**
     * Units on loan that each borrower may have; null for no limit
     */
    lentUnitsMax?: number | null;
    /**
     * Overdue lends that each borrower may have; null for no limit
     */
    overdueLendsMax?: number | null;
};

export type LendUnitsDto = {
    /**
     * Id or number of the borrower; by default the caller
     */
    user_id?: string | number;
    /**
     * Id or number of the item; required without `hold_id`
     */
    item_id?: string | number;
    /**
     * Required without `hold_id`
     */
    qty?: number;
    /**
     * Required without `hold_id`
     */
    from_inventory_id?: number;
    /**
     * An open hold: its units are lent to the user who holds them, with its reference and metadata, and it ends in the same moment
     */
    hold_id?: string;
    /**
     * When the units are due back, null for never; by default what the inventory says
     */
    due_at?: string | null;
    /**
     * Your own name for it, such as the number of a cart: lists find it by `reference`. It is stored permanently; do not include personal data
     */
    reference?: string;
    /**
     * Your own texts by name, at most 20 and 2,000 characters in all, with names of 1 to 40 characters. Stored and shown as they are. It is stored permanently; do not include personal data
     */
    metadata?: {
        [key: string]: string;
    };
};

export type LendAnswer = {
    lend_id: number;
    /**
     * Number of the borrower; null for one who was erased
     */
    user_id: number | null;
    /**
     * Number of the item
     */
    item_id: number | null;
    /**
     * Units lent
     */
    qty: number;
    from_inventory_id: number;
    lend_at: string;
    /**
     * Time at which the last unit came back; null until then
     */
    returned_at: string | null;
    /**
     * Null for a lend without a due time
     */
    due_at: string | null;
    /**
     * Whether units are still out at or after the due time
     */
    overdue: boolean;
    /**
     * Units that are back, in whatever condition, or lost
     */
    returned_qty: number;
    /**
     * How many times the lend was renewed
     */
    renewals: number;
    /**
     * The reference that was given; absent without one
     */
    reference?: string;
    /**
     * The metadata that was given; absent without any
     */
    metadata?: {
        [key: string]: string;
    };
};

export type ReturnLendDto = {
    /**
     * Units that are back; by default all
     */
    qty?: number;
    /**
     * Damaged and lost units leave the stock
     */
    condition?: 'ok' | 'damaged' | 'lost';
    /**
     * It is stored permanently; do not include personal data
     */
    note?: string;
};

export type RenewLendDto = {
    /**
     * When the units are due back; by default as long from now as the inventory lends
     */
    due_at?: string;
};

export type ProvideUnitsDto = {
    /**
     * Id or number of the user who provides the units; by default the caller
     */
    user_id?: string | number;
    /**
     * Id or number of the item
     */
    item_id: string | number;
    /**
     * Units provided
     */
    qty: number;
    /**
     * Number of the inventory; without it, the answer is 400
     */
    inventory_id?: string | null | number;
};

export type ProvideAnswer = {
    provide_id: number;
    /**
     * Number of the user who provided the units; null for a user who was erased
     */
    user_id: number | null;
    /**
     * Number of the item
     */
    item_id: number;
    qty: number;
    provide_date: string;
    inventory_id: number;
};

export type TransferUnitsDto = {
    /**
     * Id or number of the item
     */
    item_id: string | number;
    qty: number;
    /**
     * The inventory that the units go to
     */
    to_inventory_id: number;
};

export type TransferAnswer = {
    transfer_id: number;
    /**
     * Number of the item
     */
    item_id: number;
    qty: number;
    from_inventory_id: number;
    to_inventory_id: number;
    /**
     * `pending` until the units have arrived: then `completed`; or `rejected`, with nothing moved
     */
    status: 'pending' | 'completed' | 'rejected';
    requested_at: string;
    /**
     * null unless it is completed
     */
    completed_at: string | null;
};

export type RequestItemDto = {
    /**
     * Id or number of an item
     */
    item_id: string | number;
    qty: number;
};

export type MakeRequestDto = {
    /**
     * Material, Tool, Humanpower
     */
    type: string;
    /**
     * Id or number of the requester: the caller, or for staff anybody
     */
    requester_id?: string | number;
    /**
     * The number of people, for Humanpower; of items it is the sum, and can be left out
     */
    required_qty?: number;
    /**
     * Another name of `required_qty`
     */
    qty?: number;
    /**
     * 1 to 100 items, for Material and Tool; quantities of the same item are added
     */
    items?: Array<RequestItemDto>;
    /**
     * It is stored permanently; do not include personal data
     */
    title?: string | null;
    /**
     * It is stored permanently; do not include personal data
     */
    place?: string | null;
    /**
     * In any words. It is stored permanently; do not include personal data
     */
    when?: string | null;
    /**
     * It is stored permanently; do not include personal data
     */
    note?: string | null;
};

export type RequestItemAnswer = {
    /**
     * Number of the item
     */
    item_id: number;
    required_qty: number;
    /**
     * What was accepted of it; it may be more than is required
     */
    current_qty: number;
};

export type RequestAnswer = {
    request_id: number;
    /**
     * Number of the user who needs it
     */
    requester_id: number;
    type: 'Material' | 'Tool' | 'Humanpower';
    status: 'Not Completed' | 'Completed' | 'Cancelled';
    /**
     * Of items, the sum
     */
    required_qty: number;
    /**
     * What was accepted, not counting what was withdrawn
     */
    current_qty: number;
    /**
     * Empty for Humanpower
     */
    items: Array<RequestItemAnswer>;
    title: string | null;
    place: string | null;
    when: string | null;
    note: string | null;
    /**
     * Number of acceptances, not counting those that were withdrawn
     */
    acceptance_count: number;
    created_at: string;
    updated_at: string;
};

export type AcceptRequestDto = {
    /**
     * Number of the request
     */
    request_id: string | number;
    /**
     * Id or number of the accepter: the caller, or for staff anybody
     */
    accepter_id?: string | number;
    /**
     * 1 to 100 items, for Material and Tool; quantities of the same item are added
     */
    items?: Array<RequestItemDto>;
    /**
     * The number of people, for Humanpower
     */
    qty?: number;
};

export type AccepterAnswer = {
    /**
     * Number of the acceptance
     */
    id: number;
    request_id: number;
    /**
     * Number of the user who accepted
     */
    accepter_id: number;
    created_at: string;
};

export type AcceptedAnswer = {
    accepter: AccepterAnswer;
    /**
     * The request after the acceptance
     */
    request: RequestAnswer;
    /**
     * What was accepted now; of items, the sum
     */
    qtyAccepted: number;
};

export type WebhookEvent = {
    type: 'hold.placed' | 'hold.extended' | 'hold.confirmed' | 'hold.cancelled' | 'hold.expired' | 'hold.returned' | 'purchase.made' | 'purchase.returned' | 'stock.changed' | 'stock.low' | 'lend.made' | 'lend.renewed' | 'lend.overdue' | 'lend.returned' | 'product.created' | 'product.changed' | 'product.discontinued' | 'product.restored' | 'order.placed' | 'order.processing' | 'order.paid' | 'order.shipped' | 'order.completed' | 'order.cancelled' | 'order.returned' | 'inventory.opened' | 'inventory.changed' | 'request.made' | 'request.accepted' | 'request.completed' | 'request.acceptance_withdrawn' | 'request.cancelled';
    /**
     * Version of the shape of `data`
     */
    version: number;
    /**
     * When the event was recorded
     */
    timestamp: string;
    /**
     * What happened, by type; `id` is that of its subject
     */
    data?: {
        id: string;
        [key: string]: unknown;
    };
};

export type CreateWebhookDto = {
    /**
     * An https URL, without user name or fragment; redirects are not followed
     */
    url: string;
    /**
     * Types of events, or `*` for all of them, also those of later releases
     */
    events: Array<'hold.placed' | 'hold.extended' | 'hold.confirmed' | 'hold.cancelled' | 'hold.expired' | 'hold.returned' | 'purchase.made' | 'purchase.returned' | 'stock.changed' | 'stock.low' | 'lend.made' | 'lend.renewed' | 'lend.overdue' | 'lend.returned' | 'product.created' | 'product.changed' | 'product.discontinued' | 'product.restored' | 'order.placed' | 'order.processing' | 'order.paid' | 'order.shipped' | 'order.completed' | 'order.cancelled' | 'order.returned' | 'inventory.opened' | 'inventory.changed' | 'request.made' | 'request.accepted' | 'request.completed' | 'request.acceptance_withdrawn' | 'request.cancelled' | '*'>;
    description?: string;
};

export type CreatedWebhookAnswer = {
    id: string;
    url: string;
    /**
     * Types of events, or `*` for all
     */
    events: Array<string>;
    description: string;
    status: 'enabled' | 'disabled';
    /**
     * `staff`: with PATCH; `gone`: the receiver answered 410; `failing`: no success for 5 days; null while enabled
     */
    disabledBecause: 'staff' | 'gone' | 'failing' | null;
    disabledAt: string | null;
    /**
     * Time of the first failure since the last success; null while deliveries succeed
     */
    failingSince: string | null;
    createdAt: string;
    updatedAt: string;
    /**
     * Verifies signatures. It is shown only here
     */
    secret: string;
};

export type ChangeWebhookDto = {
    /**
     * An https URL, without user name or fragment; redirects are not followed
     */
    url?: string;
    /**
     * Types of events, or `*` for all of them, also those of later releases
     */
    events?: Array<'hold.placed' | 'hold.extended' | 'hold.confirmed' | 'hold.cancelled' | 'hold.expired' | 'hold.returned' | 'purchase.made' | 'purchase.returned' | 'stock.changed' | 'stock.low' | 'lend.made' | 'lend.renewed' | 'lend.overdue' | 'lend.returned' | 'product.created' | 'product.changed' | 'product.discontinued' | 'product.restored' | 'order.placed' | 'order.processing' | 'order.paid' | 'order.shipped' | 'order.completed' | 'order.cancelled' | 'order.returned' | 'inventory.opened' | 'inventory.changed' | 'request.made' | 'request.accepted' | 'request.completed' | 'request.acceptance_withdrawn' | 'request.cancelled' | '*'>;
    description?: string;
    /**
     * What is recorded for a disabled webhook is delivered when it is enabled again
     */
    status?: 'enabled' | 'disabled';
};

export type WebhookAnswer = {
    id: string;
    url: string;
    /**
     * Types of events, or `*` for all
     */
    events: Array<string>;
    description: string;
    status: 'enabled' | 'disabled';
    /**
     * `staff`: with PATCH; `gone`: the receiver answered 410; `failing`: no success for 5 days; null while enabled
     */
    disabledBecause: 'staff' | 'gone' | 'failing' | null;
    disabledAt: string | null;
    /**
     * Time of the first failure since the last success; null while deliveries succeed
     */
    failingSince: string | null;
    createdAt: string;
    updatedAt: string;
};

export type RotateSecretDto = {
    /**
     * How long deliveries are signed with the previous secret too; 0 if it has leaked
     */
    overlapSeconds?: number;
};

export type SecretAnswer = {
    /**
     * The new secret. It is shown only here
     */
    secret: string;
};

export type ReplayedAnswer = {
    /**
     * Number of deliveries that are made again
     */
    replayed: number;
    /**
     * Whether there are more failed ones: repeat the request with a new Idempotency-Key
     */
    hasMore: boolean;
};

export type DeliveryAttemptAnswer = {
    at: string;
    /**
     * Status of the answer; null without one
     */
    status: number | null;
    /**
     * Why there was no answer
     */
    error: string | null;
    /**
     * Duration in milliseconds
     */
    ms: number;
};

export type DeliveryAnswer = {
    /**
     * Id of the event; the `webhook-id` of every attempt
     */
    id: string;
    type: string;
    /**
     * Id of what the event is about; deliveries of one subject are made in order
     */
    subject: string;
    status: 'pending' | 'delivered' | 'failed';
    /**
     * The latest attempts, at most 20, oldest first
     */
    attempts: Array<DeliveryAttemptAnswer>;
    /**
     * When the event was recorded
     */
    createdAt: string;
};

export type RunDifferenceAnswer = {
    where: 'PostgreSQL' | 'Redis';
    /**
     * Key of the row
     */
    key: string;
    /**
     * The row according to the events, as JSON, of at most 2,000 characters; null if there should be none
     */
    expected: string | null;
    /**
     * The row that was found; null if there is none
     */
    found: string | null;
};

export type ProjectionRunAnswer = {
    id: number;
    projection: string;
    kind: 'rebuild' | 'verify';
    /**
     * `requested`: it waits for a projector, or to be continued after one stopped
     */
    state: 'requested' | 'running' | 'done' | 'failed' | 'cancelled';
    /**
     * Id of the user who requested it
     */
    requestedBy: string;
    requestedAt: string;
    startedAt: string | null;
    endedAt: string | null;
    /**
     * Number of events replayed
     */
    events: number;
    /**
     * From 0 to 1, an estimate; 1 also while indexes are created and rows are compared
     */
    progress: number;
    /**
     * Generation of the table that a rebuild builds
     */
    generation: number | null;
    /**
     * Number of rows according to the events; null for a rebuild
     */
    rows: number | null;
    /**
     * Number of differences found, at most 1,000
     */
    differences: number | null;
    /**
     * The first 20 of them
     */
    differencesShown: Array<RunDifferenceAnswer>;
    /**
     * Why it failed; while `requested`, why it could not be continued
     */
    error: string | null;
};

export type ParkedActionAnswer = {
    projection: string;
    stream: string;
    action: 'retry' | 'skip';
};

/**
 * The acceptance does not exist, or was withdrawn. List the acceptances again.
 */
export type AcceptanceNotFoundError = {
    statusCode: 404;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'ACCEPTANCE_NOT_FOUND';
    data: null;
};

/**
 * All of the lend is back already. Nothing, if that was wanted.
 */
export type AlreadyReturnedError = {
    statusCode: 409;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'ALREADY_RETURNED';
    data: {
        lendId: number;
        itemId?: string;
    };
};

/**
 * The API key does not exist. Correct the id; `GET /api-keys` lists them.
 */
export type ApiKeyNotFoundError = {
    statusCode: 404;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'API_KEY_NOT_FOUND';
    data: null;
};

/**
 * The body is not one JSON object, or is nested too deeply. Correct the request.
 */
export type BodyMalformedError = {
    statusCode: 400;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'BODY_MALFORMED';
    data: null;
};

/**
 * The body, or an entry of a list in it, is larger than allowed. Send it in several requests.
 */
export type BodyTooLargeError = {
    statusCode: 413;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'BODY_TOO_LARGE';
    data: {
        bytesMax: number;
    };
};

/**
 * More places of the slot are promised than it would have. Choose at least `promised`.
 */
export type CapacityTooSmallError = {
    statusCode: 409;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'CAPACITY_TOO_SMALL';
    data: {
        capacity: number;
        promised: number;
        itemId?: string;
    };
};

/**
 * A category with products, discontinued ones included, cannot be deleted. Move its products to another category first.
 */
export type CategoryInUseError = {
    statusCode: 409;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'CATEGORY_IN_USE';
    data: null;
};

/**
 * The category does not exist. Correct the id.
 */
export type CategoryNotFoundError = {
    statusCode: 404;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'CATEGORY_NOT_FOUND';
    data: null;
};

/**
 * The slot has started: it can no longer be booked. Choose another slot.
 */
export type ClosedError = {
    statusCode: 409;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'CLOSED';
    data: {
        closesAt: string;
        itemId?: string;
    };
};

/**
 * The body is not JSON. Send `Content-Type: application/json`.
 */
export type ContentTypeUnsupportedError = {
    statusCode: 415;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'CONTENT_TYPE_UNSUPPORTED';
    data: null;
};

/**
 * The e-mail address, the user name or the password is wrong. Ask the user again.
 */
export type CredentialsWrongError = {
    statusCode: 401;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'CREDENTIALS_WRONG';
    data: null;
};

/**
 * A new password was sent without the current one. Send `currentPassword` too.
 */
export type CurrentPasswordMissingError = {
    statusCode: 400;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'CURRENT_PASSWORD_MISSING';
    data: null;
};

/**
 * The delivery does not exist, or is too old to be kept. List the deliveries again.
 */
export type DeliveryNotFoundError = {
    statusCode: 404;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'DELIVERY_NOT_FOUND';
    data: null;
};

/**
 * The item was taken out of the catalog. Offer another item.
 */
export type DiscontinuedError = {
    statusCode: 404;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'DISCONTINUED';
    data: {
        itemId?: string;
    } | null;
};

/**
 * The stock was changed since it was read. Read it again, decide anew, and send a new key.
 */
export type ExpectedMismatchError = {
    statusCode: 409;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'EXPECTED_MISMATCH';
    data: {
        expected: number;
        available: number;
        itemId?: string;
    };
};

/**
 * The caller may not do this: it is for staff, or for the owner. Use the token of somebody who may.
 */
export type ForbiddenError = {
    statusCode: 403;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'FORBIDDEN';
    data: null;
};

/**
 * The headers of the request are too large. Send fewer or shorter headers, usually cookies.
 */
export type HeadersTooLargeError = {
    statusCode: 431;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'HEADERS_TOO_LARGE';
    data: null;
};

/**
 * The hold is cancelled already. Place a new hold, if the units are still wanted.
 */
export type HoldCancelledError = {
    statusCode: 409;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'HOLD_CANCELLED';
    data: {
        holdId: string;
        itemId?: string;
    };
};

/**
 * The hold is confirmed already. Nothing, if that was wanted.
 */
export type HoldConfirmedError = {
    statusCode: 409;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'HOLD_CONFIRMED';
    data: {
        holdId: string;
        itemId?: string;
    };
};

/**
 * The hold has expired; its units are available again. Place a new hold, with a new key.
 */
export type HoldExpiredError = {
    statusCode: 410;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'HOLD_EXPIRED';
    data: {
        holdId: string;
        itemId?: string;
    };
};

/**
 * The hold became a part of an order. Cancel the order, or return it once it is shipped.
 */
export type HoldInOrderError = {
    statusCode: 409;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'HOLD_IN_ORDER';
    data: {
        orderId: string;
    };
};

/**
 * The hold became a lend. Return the lend with `PUT /lends/:id/return`.
 */
export type HoldLentError = {
    statusCode: 409;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'HOLD_LENT';
    data: {
        lendId: number;
    };
};

/**
 * The hold is open: nothing was taken with it yet. Cancel it with `DELETE /holds/:id`.
 */
export type HoldNotConfirmedError = {
    statusCode: 409;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'HOLD_NOT_CONFIRMED';
    data: null;
};

/**
 * The hold is on an inventory that does not sell. Lend its units with `POST /lends` and `hold_id`.
 */
export type HoldNotForSaleError = {
    statusCode: 409;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'HOLD_NOT_FOR_SALE';
    data: null;
};

/**
 * The hold does not exist, belongs to another customer, or ended long ago. Correct the id, or place a new hold.
 */
export type HoldNotFoundError = {
    statusCode: 404;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'HOLD_NOT_FOUND';
    data: {
        holdId: string;
        itemId?: string;
    };
};

/**
 * The hold would last longer in all than a hold can. Choose a smaller `ttlSeconds`, or confirm the hold.
 */
export type HoldTooLongError = {
    statusCode: 422;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'HOLD_TOO_LONG';
    data: {
        lifeSecondsMax: number;
        itemId?: string;
    };
};

/**
 * The Idempotency-Key is not 1 to 255 printable ASCII characters. Send a UUID.
 */
export type IdempotencyKeyInvalidError = {
    statusCode: 400;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'IDEMPOTENCY_KEY_INVALID';
    data: null;
};

/**
 * The operation needs an Idempotency-Key. Send a new, unique `Idempotency-Key`, such as a UUID.
 */
export type IdempotencyKeyMissingError = {
    statusCode: 400;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'IDEMPOTENCY_KEY_MISSING';
    data: null;
};

/**
 * The id is already in use. Choose another id.
 */
export type IdTakenError = {
    statusCode: 409;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'ID_TAKEN';
    data: {
        id: string;
    };
};

/**
 * Fewer units or places are available than were requested. The rejection is kept for its Idempotency-Key. Ask for at most `available`, or try again later, in both cases with a new key.
 */
export type InsufficientStockError = {
    statusCode: 400;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'INSUFFICIENT_STOCK';
    data: {
        available: number;
        requested: number;
        inventoryId?: number;
        slotId?: number;
        holdId?: string;
        itemId?: string;
    };
};

/**
 * A defect. Report it with the `requestId`, which is in the logs.
 */
export type InternalError = {
    statusCode: 500;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'INTERNAL';
    data: null;
};

/**
 * The inventory does not lend. Choose another one; its owner can change that.
 */
export type InventoryDoesNotLendError = {
    statusCode: 409;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'INVENTORY_DOES_NOT_LEND';
    data: null;
};

/**
 * The body has no `inventory_id`. Correct the request.
 */
export type InventoryIdMissingError = {
    statusCode: 400;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'INVENTORY_ID_MISSING';
    data: null;
};

/**
 * The inventory does not exist. Correct the number.
 */
export type InventoryNotFoundError = {
    statusCode: 404;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'INVENTORY_NOT_FOUND';
    data: null;
};

/**
 * The inventory does not take what users provide. Choose another one; its owner can change that.
 */
export type InventoryTakesNothingError = {
    statusCode: 409;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'INVENTORY_TAKES_NOTHING';
    data: null;
};

/**
 * The token is of another issuer, whose keys cannot be read now: nobody knows whether it is valid. Repeat the same request after Retry-After.
 */
export type IssuerUnavailableError = {
    statusCode: 503;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'ISSUER_UNAVAILABLE';
    data: {
        retryAfterSeconds: number;
    };
};

/**
 * The item does not exist. Correct the id. A number is that of an item, never of a slot.
 */
export type ItemNotFoundError = {
    statusCode: 404;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'ITEM_NOT_FOUND';
    data: null;
};

/**
 * The request does not name the item that was accepted. Correct the request.
 */
export type ItemNotRequestedError = {
    statusCode: 400;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'ITEM_NOT_REQUESTED';
    data: {
        itemId: string;
    };
};

/**
 * An item that the body names does not exist. Correct the id.
 */
export type ItemUnknownError = {
    statusCode: 400;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'ITEM_UNKNOWN';
    data: {
        itemId: string;
    };
};

/**
 * The first request with this Idempotency-Key is still in progress. Repeat it after Retry-After to get its answer.
 */
export type KeyInFlightError = {
    statusCode: 409;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'KEY_IN_FLIGHT';
    data: null;
};

/**
 * The Idempotency-Key was used for another request. Send a new key with each new request, and the same key only with its repetition.
 */
export type KeyReusedError = {
    statusCode: 422;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'KEY_REUSED';
    data: null;
};

/**
 * The lend cannot be renewed, because somebody is waiting for the item. Return it.
 */
export type LendAwaitedError = {
    statusCode: 409;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'LEND_AWAITED';
    data: {
        lendId: number;
        itemId?: string;
    };
};

/**
 * The lend does not exist, or is not for the caller to see. Correct the number.
 */
export type LendNotFoundError = {
    statusCode: 404;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'LEND_NOT_FOUND';
    data: {
        lendId: number;
        itemId?: string;
    };
};

/**
 * The lend is so old that it may have ended already. Lend again, with a new key.
 */
export type LendTooOldError = {
    statusCode: 409;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'LEND_TOO_OLD';
    data: {
        lendId: number;
        itemId?: string;
    };
};

/**
 * The borrower has as much on loan, or as much overdue, as the inventory allows. Return something first; then send a new key.
 */
export type LimitPerBorrowerError = {
    statusCode: 409;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'LIMIT_PER_BORROWER';
    data: {
        openLendsMax: number | null;
        lentUnitsMax: number | null;
        overdueLendsMax: number | null;
    };
};

/**
 * The customer has as many open holds, or as many held units, as allowed; or would have more units than the purchase limit allows. Confirm or cancel a hold first, or ask for fewer; then send a new key.
 */
export type LimitPerCustomerError = {
    statusCode: 400;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'LIMIT_PER_CUSTOMER';
    data: {
        openHoldsMax?: number;
        heldUnitsMax?: number;
        purchaseLimit?: number;
        purchased?: number;
        requested?: number;
        itemId?: string;
    } | null;
};

/**
 * Fewer units are still lent than were to be returned. Return at most `outstanding`.
 */
export type MoreThanLentError = {
    statusCode: 409;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'MORE_THAN_LENT';
    data: {
        outstanding: number;
        requested: number;
        itemId?: string;
    };
};

/**
 * Fewer units can still be given back than were to be. Give back at most `outstanding`.
 */
export type MoreThanTakenError = {
    statusCode: 400;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'MORE_THAN_TAKEN';
    data: {
        outstanding: number;
        requested: number;
        itemId?: string;
    };
};

/**
 * It is not known yet how much the customer has bought of what has a purchase limit. Repeat the request, with the same key.
 */
export type NotCountedHereError = {
    statusCode: 503;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'NOT_COUNTED_HERE';
    data: {
        purchaseLimit: number;
        itemId?: string;
    };
};

/**
 * The inventory has never had a unit of the item. Choose another inventory; `GET /items/{id}/whereabouts` lists them.
 */
export type NotInInventoryError = {
    statusCode: 400;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'NOT_IN_INVENTORY';
    data: {
        itemId?: string;
    } | null;
};

/**
 * The sale has not begun, or is over. Come back when it begins, with a new key.
 */
export type NotOnSaleError = {
    statusCode: 409;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'NOT_ON_SALE';
    data: {
        saleStartsAt: string | null;
        saleEndsAt: string | null;
        itemId?: string;
    };
};

/**
 * The order could not be placed in time. It was rejected, and nothing is reserved. Order again, with a new key.
 */
export type NotPlacedInTimeError = {
    statusCode: 409;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'NOT_PLACED_IN_TIME';
    data: null;
};

/**
 * A reserved value could not be recorded in time. Nothing was recorded. Repeat the same request after Retry-After.
 */
export type NotRecordedInTimeError = {
    statusCode: 503;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'NOT_RECORDED_IN_TIME';
    data: {
        itemId?: string;
    } | null;
};

/**
 * The shipment of the order is not recorded everywhere yet. Repeat the request a moment later, with a new key.
 */
export type NotShippedYetError = {
    statusCode: 409;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'NOT_SHIPPED_YET';
    data: {
        orderId: string;
        itemId?: string;
    };
};

/**
 * The caller is not in a session of Holdfast, but has an API key or a token of another issuer. Log out at the issuer, or delete the API key.
 */
export type NoSessionError = {
    statusCode: 409;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'NO_SESSION';
    data: null;
};

/**
 * The order has no items. Correct the request.
 */
export type OrderEmptyError = {
    statusCode: 400;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'ORDER_EMPTY';
    data: null;
};

/**
 * The order does not exist, or belongs to another customer. Correct the id.
 */
export type OrderNotFoundError = {
    statusCode: 404;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'ORDER_NOT_FOUND';
    data: null;
};

/**
 * The order is paid, with another reference. Refund one of the two payments, if both were made.
 */
export type OrderPaidError = {
    statusCode: 409;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'ORDER_PAID';
    data: {
        reference: string;
    };
};

/**
 * The order cannot get this status from the one it has. Read the order again.
 */
export type OrderStateError = {
    statusCode: 409;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'ORDER_STATE';
    data: {
        from: string;
        to: string;
    };
};

/**
 * The total of the order is larger than allowed. Split the order.
 */
export type OrderTotalTooLargeError = {
    statusCode: 422;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'ORDER_TOTAL_TOO_LARGE';
    data: {
        totalMax: number;
    };
};

/**
 * It is unknown whether the request was recorded. Repeat the same request with the same Idempotency-Key. A new key could do it twice.
 */
export type OutcomeUnknownError = {
    statusCode: 503;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'OUTCOME_UNKNOWN';
    data: null;
};

/**
 * The system is busy. Nothing was recorded. Repeat the same request after Retry-After.
 */
export type OverloadedError = {
    statusCode: 503;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'OVERLOADED';
    data: null;
};

/**
 * The token to set a new password is unknown, used or expired. Ask for a new one.
 */
export type PasswordResetNotFoundError = {
    statusCode: 404;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'PASSWORD_RESET_NOT_FOUND';
    data: null;
};

/**
 * The current password is wrong. Ask the user again.
 */
export type PasswordWrongError = {
    statusCode: 400;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'PASSWORD_WRONG';
    data: null;
};

/**
 * There is no such projection, or it is not one that can be rebuilt and verified over HTTP. Name one of the projections in `data`.
 */
export type ProjectionNotFoundError = {
    statusCode: 404;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'PROJECTION_NOT_FOUND';
    data: {
        projections: string;
    };
};

/**
 * There is no such purchase, or it is of another customer. Use the `purchaseId` of an answer to a purchase.
 */
export type PurchaseNotFoundError = {
    statusCode: 404;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'PURCHASE_NOT_FOUND';
    data: null;
};

/**
 * There were too many requests in the window of `RateLimit-Policy`. Wait for Retry-After.
 */
export type RateLimitedError = {
    statusCode: 429;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'RATE_LIMITED';
    data: {
        retryAfterSeconds: number;
    };
};

/**
 * The lend was renewed as often as its inventory allows. Return it.
 */
export type RenewedTooOftenError = {
    statusCode: 409;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'RENEWED_TOO_OFTEN';
    data: {
        renewalsMax: number;
        itemId?: string;
    };
};

/**
 * The request is cancelled. Read the request again.
 */
export type RequestCancelledError = {
    statusCode: 409;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'REQUEST_CANCELLED';
    data: null;
};

/**
 * The request is completed. Read the request again.
 */
export type RequestCompletedError = {
    statusCode: 409;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'REQUEST_COMPLETED';
    data: null;
};

/**
 * A request for material or tools needs a list of items. Correct the request.
 */
export type RequestItemsMissingError = {
    statusCode: 400;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'REQUEST_ITEMS_MISSING';
    data: null;
};

/**
 * The request does not exist. Correct the number.
 */
export type RequestNotFoundError = {
    statusCode: 404;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'REQUEST_NOT_FOUND';
    data: null;
};

/**
 * A request for people, or its acceptance, needs `qty`, their number. Correct the request.
 */
export type RequestQtyMissingError = {
    statusCode: 400;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'REQUEST_QTY_MISSING';
    data: null;
};

/**
 * The `type` is none of those that a request can have. Send Material, Tool or Humanpower.
 */
export type RequestTypeUnknownError = {
    statusCode: 400;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'REQUEST_TYPE_UNKNOWN';
    data: {
        type: string;
    };
};

/**
 * The time in which the customer could give it back is over. Ask staff, who can still take it back.
 */
export type ReturnTooLateError = {
    statusCode: 409;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'RETURN_TOO_LATE';
    data: {
        endedAt: string;
        itemId?: string;
    };
};

/**
 * The rebuild or verification has ended and cannot be cancelled; `data` has its state. Read its result in GET /admin/projections.
 */
export type RunEndedError = {
    statusCode: 409;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'RUN_ENDED';
    data: {
        state: string;
    };
};

/**
 * The projection has no rebuild or verification with this id; of those that ended, the last 100 are kept. Check the id and the name of the projection.
 */
export type RunNotFoundError = {
    statusCode: 404;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'RUN_NOT_FOUND';
    data: null;
};

/**
 * The sale would end before it starts. Send times in their order; a time that is left out stays as it is.
 */
export type SaleEndsTooEarlyError = {
    statusCode: 422;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'SALE_ENDS_TOO_EARLY';
    data: {
        itemId?: string;
    } | null;
};

/**
 * The session does not exist, belongs to another user, or has ended. List the sessions again.
 */
export type SessionNotFoundError = {
    statusCode: 404;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'SESSION_NOT_FOUND';
    data: null;
};

/**
 * Another product has the SKU; a discontinued product keeps its own. Choose another SKU.
 */
export type SkuTakenError = {
    statusCode: 409;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'SKU_TAKEN';
    data: {
        sku: string;
    };
};

/**
 * A slot must end after it starts. Correct the request.
 */
export type SlotEndsTooEarlyError = {
    statusCode: 422;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'SLOT_ENDS_TOO_EARLY';
    data: {
        startsAt: string;
        endsAt: string;
    };
};

/**
 * The slot does not exist. Correct the number.
 */
export type SlotNotFoundError = {
    statusCode: 404;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'SLOT_NOT_FOUND';
    data: null;
};

/**
 * Another category has the slug. Choose another slug.
 */
export type SlugTakenError = {
    statusCode: 409;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'SLUG_TAKEN';
    data: {
        slug: string;
    };
};

/**
 * The stream is not parked in this projection, or not any more. List the parked streams again.
 */
export type StreamNotParkedError = {
    statusCode: 404;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'STREAM_NOT_PARKED';
    data: null;
};

/**
 * The token is invalid or has expired, or its session has ended. Log in, or refresh the session, and send the new token.
 */
export type TokenInvalidError = {
    statusCode: 401;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'TOKEN_INVALID';
    data: null;
};

/**
 * The operation needs a token. Log in, and send `Authorization: Bearer <token>`.
 */
export type TokenMissingError = {
    statusCode: 401;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'TOKEN_MISSING';
    data: null;
};

/**
 * The acceptances of the request have as many lines as allowed. Accept more of each item in fewer lines.
 */
export type TooManyAcceptancesError = {
    statusCode: 409;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'TOO_MANY_ACCEPTANCES';
    data: {
        linesMax: number;
    };
};

/**
 * There are as many API keys as allowed. Revoke one that is not used any more.
 */
export type TooManyApiKeysError = {
    statusCode: 409;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'TOO_MANY_API_KEYS';
    data: {
        apiKeysMax: number;
    };
};

/**
 * There were too many failed logins, or registrations from one address. Wait for Retry-After.
 */
export type TooManyAttemptsError = {
    statusCode: 429;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'TOO_MANY_ATTEMPTS';
    data: {
        retryAfterSeconds: number;
    };
};

/**
 * The stock has as many open holds, orders and lends as allowed. Try again later, with a new key.
 */
export type TooManyClaimsError = {
    statusCode: 409;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'TOO_MANY_CLAIMS';
    data: {
        claimsMax: number;
        itemId?: string;
    };
};

/**
 * A stock would have more units than allowed. Add fewer.
 */
export type TooManyUnitsError = {
    statusCode: 409;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'TOO_MANY_UNITS';
    data: {
        unitsMax: number;
        itemId?: string;
    };
};

/**
 * The body has more values than allowed. Send it in several requests.
 */
export type TooManyValuesError = {
    statusCode: 413;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'TOO_MANY_VALUES';
    data: {
        valuesMax: number;
    };
};

/**
 * There are as many webhooks as allowed. Delete one that is not needed.
 */
export type TooManyWebhooksError = {
    statusCode: 409;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'TOO_MANY_WEBHOOKS';
    data: {
        webhooksMax: number;
    };
};

/**
 * The open holds and lends of the stock have as much metadata as allowed. Send less metadata, or none, with a new key; `reference` is not counted.
 */
export type TooMuchMetadataError = {
    statusCode: 409;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'TOO_MUCH_METADATA';
    data: {
        charactersMax: number;
        itemId?: string;
    };
};

/**
 * The transfer was not made in time. It was rejected, and nothing was moved. Transfer again, with a new key.
 */
export type TransferTooOldError = {
    statusCode: 409;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'TRANSFER_TOO_OLD';
    data: null;
};

/**
 * A part of the system is unavailable. Nothing was recorded. Repeat the same request after Retry-After.
 */
export type UnavailableError = {
    statusCode: 503;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'UNAVAILABLE';
    data: null;
};

/**
 * The user is disabled. Ask an operator to enable the user.
 */
export type UserDisabledError = {
    statusCode: 403;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'USER_DISABLED';
    data: null;
};

/**
 * The user does not exist. Correct the id.
 */
export type UserNotFoundError = {
    statusCode: 404;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'USER_NOT_FOUND';
    data: null;
};

/**
 * A field of the body or the query breaks a rule. `data` has a message for each field, in your language. Show the messages, or correct the request. The Idempotency-Key can be used again.
 */
export type ValidationFailedError = {
    statusCode: 422;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'VALIDATION_FAILED';
    data: {
        [key: string]: string;
    };
};

/**
 * The webhook does not exist. List the webhooks again.
 */
export type WebhookNotFoundError = {
    statusCode: 404;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'WEBHOOK_NOT_FOUND';
    data: null;
};

/**
 * An error as RFC 9457 has it: the same fields as in JSON, and those of the RFC
 */
export type ProblemDetails = {
    /**
     * What the code means, on a page of the service: the same on every host
     */
    type: string;
    /**
     * The code in words
     */
    title: string;
    status: number;
    /**
     * The same as `statusMessage`
     */
    detail: string;
    /**
     * The path that was asked for; `requestId` tells one request from another
     */
    instance: string;
    statusCode: number;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    /**
     * Error code, for programs
     */
    code: string;
    /**
     * Details of the error
     */
    data?: {
        [key: string]: unknown;
    } | null;
};

export type StockAnswer = {
    /**
     * Units available
     */
    stock: number;
    /**
     * Units received minus units removed
     */
    total: number;
    /**
     * Units sold, booked or consumed
     */
    taken: number;
    /**
     * Units on hold
     */
    held: number;
    /**
     * Units reserved for orders
     */
    reserved: number;
    /**
     * Units on loan
     */
    lent: number;
    product_id: string;
    inventory_id: number;
    /**
     * Revision of the last event that changed the stock; -1 before the first
     */
    revision: number;
    /**
     * Only with `at`: time of the last event up to then
     */
    changedAt?: string;
};

export type MovementAnswer = {
    /**
     * Units available
     */
    stock: number;
    /**
     * Units received minus units removed
     */
    total: number;
    /**
     * Units sold, booked or consumed
     */
    taken: number;
    /**
     * Units on hold
     */
    held: number;
    /**
     * Units reserved for orders
     */
    reserved: number;
    /**
     * Units on loan
     */
    lent: number;
    /**
     * Revision of the event
     */
    revision: number;
    /**
     * Type of the event
     */
    type: string;
    at: string;
    /**
     * User who caused it; null for automatic changes such as expiry
     */
    actor: string | null;
    /**
     * Units involved; null if none
     */
    quantity: number | null;
    /**
     * Id of the purchase, hold, order, lend or provision
     */
    reference: string | null;
    reason: string | null;
};

export type HistoryAnswer = {
    /**
     * Number of entries on all pages; null with `cursor`
     */
    total: number | null;
    /**
     * Page number; null with `cursor`
     */
    page: number | null;
    limit: number;
    hasMore: boolean;
    /**
     * Send it as `cursor` to get the next page; null on the last page
     */
    nextCursor: string | null;
    product_id: string;
    inventory_id: number;
    /**
     * In the order of `sort`
     */
    movements: Array<MovementAnswer>;
};

export type ItemOnSaleAnswer = {
    id: string;
    /**
     * Sequential number of the item
     */
    number: number;
    name: string;
    /**
     * Price in minor units of the currency, such as cents
     */
    price: number;
    /**
     * Units available in the main inventory
     */
    stock: number;
    createdAt: string | null;
};

export type ItemsAnswer = {
    /**
     * Number of entries on all pages; null with `cursor`
     */
    total: number | null;
    /**
     * Page number; null with `cursor`
     */
    page: number | null;
    limit: number;
    hasMore: boolean;
    /**
     * Send it as `cursor` to get the next page; null on the last page
     */
    nextCursor: string | null;
    items: Array<ItemOnSaleAnswer>;
};

export type ListedProductAnswer = {
    id: string;
    /**
     * Sequential number of the product
     */
    number: number;
    name: string;
    description: string;
    shortDescription: string;
    /**
     * Price in minor units of the currency, such as cents
     */
    price: number;
    originalPrice: number | null;
    images: Array<string>;
    thumbnail: string | null;
    categoryId: string | null;
    /**
     * Units available in the main inventory
     */
    stock: number;
    sku: string | null;
    tags: Array<string>;
    featured: boolean;
    /**
     * Whether the product is discontinued; only staff sees those
     */
    discontinued: boolean;
    createdAt: string | null;
    updatedAt: string | null;
};

export type ProductsAnswer = {
    /**
     * Number of entries on all pages; null with `cursor`
     */
    total: number | null;
    /**
     * Page number; null with `cursor`
     */
    page: number | null;
    limit: number;
    hasMore: boolean;
    /**
     * Send it as `cursor` to get the next page; null on the last page
     */
    nextCursor: string | null;
    products: Array<ListedProductAnswer>;
    /**
     * False when there are more products than `total`, because no more are counted
     */
    totalIsExact: boolean;
};

export type ProductChangeAnswer = {
    /**
     * Revision of the event
     */
    revision: number;
    /**
     * Type of the event
     */
    type: 'ItemCreated' | 'ItemChanged' | 'ItemDiscontinued' | 'ItemReinstated';
    at: string;
    /**
     * Id of the user who caused it
     */
    actor: string | null;
    /**
     * New values of the fields that changed; all fields when the product was created
     */
    changes: {
        [key: string]: unknown;
    };
};

export type ProductHistoryAnswer = {
    /**
     * Number of entries on all pages; null with `cursor`
     */
    total: number | null;
    /**
     * Page number; null with `cursor`
     */
    page: number | null;
    limit: number;
    hasMore: boolean;
    /**
     * Send it as `cursor` to get the next page; null on the last page
     */
    nextCursor: string | null;
    productId: string;
    /**
     * In the order of occurrence
     */
    history: Array<ProductChangeAnswer>;
};

export type ListedCategoryAnswer = {
    id: string;
    name: string;
    slug: string;
    description: string;
    icon: string;
};

export type SlotsAnswer = {
    /**
     * Number of entries on all pages; null with `cursor`
     */
    total: number | null;
    /**
     * Page number; null with `cursor`
     */
    page: number | null;
    limit: number;
    hasMore: boolean;
    /**
     * Send it as `cursor` to get the next page; null on the last page
     */
    nextCursor: string | null;
    slots: Array<ListedSlotAnswer>;
    /**
     * False when there are more slots than `total`, because no more are counted
     */
    totalIsExact: boolean;
};

export type SlotPlacesAnswer = {
    slot_id: number;
    /**
     * Total number of places
     */
    capacity: number;
    /**
     * Places available now
     */
    remaining: number;
};

export type SlotHistoryAnswer = {
    /**
     * Number of entries on all pages; null with `cursor`
     */
    total: number | null;
    /**
     * Page number; null with `cursor`
     */
    page: number | null;
    limit: number;
    hasMore: boolean;
    /**
     * Send it as `cursor` to get the next page; null on the last page
     */
    nextCursor: string | null;
    slotId: number;
    /**
     * In the order of `sort`
     */
    movements: Array<MovementAnswer>;
};

export type HoldsAnswer = {
    /**
     * Number of entries on all pages; null with `cursor`
     */
    total: number | null;
    /**
     * Page number; null with `cursor`
     */
    page: number | null;
    limit: number;
    hasMore: boolean;
    /**
     * Send it as `cursor` to get the next page; null on the last page
     */
    nextCursor: string | null;
    /**
     * False when there are more entries than `total`, because no more are counted
     */
    totalIsExact: boolean;
    /**
     * Newest first
     */
    holds: Array<HoldAnswer>;
};

export type ShownPurchaseAnswer = {
    purchaseId: string;
    itemId: string;
    userId: string;
    quantity: number;
    /**
     * Units of them that were given back
     */
    returnedQuantity: number;
    /**
     * Units available after the purchase
     */
    remaining: number;
    purchasedAt: string;
    /**
     * The reference that was given; absent without one
     */
    reference?: string;
    /**
     * The metadata that was given; absent without any
     */
    metadata?: {
        [key: string]: string;
    };
    /**
     * Number of the item
     */
    itemNumber: number | null;
    /**
     * Name that the item has now
     */
    itemName: string | null;
};

export type PurchasesAnswer = {
    /**
     * Number of entries on all pages; null with `cursor`
     */
    total: number | null;
    /**
     * Page number; null with `cursor`
     */
    page: number | null;
    limit: number;
    hasMore: boolean;
    /**
     * Send it as `cursor` to get the next page; null on the last page
     */
    nextCursor: string | null;
    /**
     * False when there are more entries than `total`, because no more are counted
     */
    totalIsExact: boolean;
    /**
     * Newest first
     */
    purchases: Array<ShownPurchaseAnswer>;
};

export type ListedOrderAnswer = {
    id: string;
    orderNumber: string;
    total: number;
    status: 'submitted' | 'pending' | 'processing' | 'shipped' | 'completed' | 'cancelled' | 'rejected';
    createdAt: string;
};

export type OrdersAnswer = {
    /**
     * Number of entries on all pages; null with `cursor`
     */
    total: number | null;
    /**
     * Page number; null with `cursor`
     */
    page: number | null;
    limit: number;
    hasMore: boolean;
    /**
     * Send it as `cursor` to get the next page; null on the last page
     */
    nextCursor: string | null;
    /**
     * Newest first
     */
    orders: Array<ListedOrderAnswer>;
};

export type ListedOrderOfAnybodyAnswer = {
    id: string;
    orderNumber: string;
    total: number;
    status: 'submitted' | 'pending' | 'processing' | 'shipped' | 'completed' | 'cancelled' | 'rejected';
    createdAt: string;
    userId: string;
};

export type AllOrdersAnswer = {
    /**
     * Number of entries on all pages; null with `cursor`
     */
    total: number | null;
    /**
     * Page number; null with `cursor`
     */
    page: number | null;
    limit: number;
    hasMore: boolean;
    /**
     * Send it as `cursor` to get the next page; null on the last page
     */
    nextCursor: string | null;
    /**
     * Newest first
     */
    orders: Array<ListedOrderOfAnybodyAnswer>;
};

export type OrderChangeAnswer = {
    /**
     * Status after the change
     */
    status: 'submitted' | 'pending' | 'processing' | 'shipped' | 'completed' | 'cancelled' | 'rejected';
    /**
     * Type of the event
     */
    type: string;
    at: string;
    /**
     * Id of the user who caused it
     */
    actor: string | null;
    details: {
        [key: string]: unknown;
    };
};

export type OrderHistoryAnswer = {
    /**
     * Always null: the list is whole
     */
    nextCursor: null;
    orderId: string;
    /**
     * In the order of occurrence
     */
    history: Array<OrderChangeAnswer>;
};

export type InventoriesAnswer = {
    /**
     * Number of entries on all pages; null with `cursor`
     */
    total: number | null;
    /**
     * Page number; null with `cursor`
     */
    page: number | null;
    limit: number;
    hasMore: boolean;
    /**
     * Send it as `cursor` to get the next page; null on the last page
     */
    nextCursor: string | null;
    /**
     * In the order of their numbers
     */
    inventories: Array<InventoryAnswer>;
};

export type ItemBalanceAnswer = {
    /**
     * Units received minus units removed
     */
    total: number;
    /**
     * Units sold, booked or consumed
     */
    taken: number;
    /**
     * Units on hold
     */
    held: number;
    /**
     * Units reserved for orders
     */
    reserved: number;
    /**
     * Units on loan
     */
    lent: number;
    /**
     * Units available
     */
    available: number;
};

export type InventoryItemAnswer = {
    /**
     * Number of the item
     */
    item_id: number;
    id: string;
    name: string;
    balance: ItemBalanceAnswer;
};

export type InventoryItemsAnswer = {
    /**
     * Number of entries on all pages; null with `cursor`
     */
    total: number | null;
    /**
     * Page number; null with `cursor`
     */
    page: number | null;
    limit: number;
    hasMore: boolean;
    /**
     * Send it as `cursor` to get the next page; null on the last page
     */
    nextCursor: string | null;
    inventory_id: number;
    /**
     * In the order of their ids
     */
    items: Array<InventoryItemAnswer>;
};

export type RequestsAnswer = {
    /**
     * Number of entries on all pages; null with `cursor`
     */
    total: number | null;
    /**
     * Page number; null with `cursor`
     */
    page: number | null;
    limit: number;
    hasMore: boolean;
    /**
     * Send it as `cursor` to get the next page; null on the last page
     */
    nextCursor: string | null;
    /**
     * Newest first
     */
    requests: Array<RequestAnswer>;
};

export type AcceptedItemAnswer = {
    /**
     * Number of the item
     */
    item_id: number;
    qty: number;
};

export type AcceptanceAnswer = {
    /**
     * Number of the acceptance
     */
    id: number;
    request_id: number;
    /**
     * Number of the user who accepted
     */
    accepter_id: number;
    created_at: string;
    /**
     * Of items, the sum
     */
    qty: number;
    /**
     * Empty for Humanpower
     */
    items: Array<AcceptedItemAnswer>;
};

export type RequestWithAcceptancesAnswer = {
    request_id: number;
    /**
     * Number of the user who needs it
     */
    requester_id: number;
    type: 'Material' | 'Tool' | 'Humanpower';
    status: 'Not Completed' | 'Completed' | 'Cancelled';
    /**
     * Of items, the sum
     */
    required_qty: number;
    /**
     * What was accepted, not counting what was withdrawn
     */
    current_qty: number;
    /**
     * Empty for Humanpower
     */
    items: Array<RequestItemAnswer>;
    title: string | null;
    place: string | null;
    when: string | null;
    note: string | null;
    /**
     * Number of acceptances, not counting those that were withdrawn
     */
    acceptance_count: number;
    created_at: string;
    updated_at: string;
    /**
     * The newest 1000 that were not withdrawn, newest first
     */
    acceptances: Array<AcceptanceAnswer>;
};

export type AcceptancesAnswer = {
    /**
     * Number of entries on all pages; null with `cursor`
     */
    total: number | null;
    /**
     * Page number; null with `cursor`
     */
    page: number | null;
    limit: number;
    hasMore: boolean;
    /**
     * Send it as `cursor` to get the next page; null on the last page
     */
    nextCursor: string | null;
    /**
     * Newest first, without those that were withdrawn
     */
    acceptances: Array<AcceptanceAnswer>;
};

export type ProvidesAnswer = {
    /**
     * Number of entries on all pages; null with `cursor`
     */
    total: number | null;
    /**
     * Page number; null with `cursor`
     */
    page: number | null;
    limit: number;
    hasMore: boolean;
    /**
     * Send it as `cursor` to get the next page; null on the last page
     */
    nextCursor: string | null;
    /**
     * Newest first
     */
    provides: Array<ProvideAnswer>;
};

export type LendsAnswer = {
    /**
     * Number of entries on all pages; null with `cursor`
     */
    total: number | null;
    /**
     * Page number; null with `cursor`
     */
    page: number | null;
    limit: number;
    hasMore: boolean;
    /**
     * Send it as `cursor` to get the next page; null on the last page
     */
    nextCursor: string | null;
    /**
     * Newest first
     */
    lends: Array<LendAnswer>;
};

export type TransfersAnswer = {
    /**
     * Number of entries on all pages; null with `cursor`
     */
    total: number | null;
    /**
     * Page number; null with `cursor`
     */
    page: number | null;
    limit: number;
    hasMore: boolean;
    /**
     * Send it as `cursor` to get the next page; null on the last page
     */
    nextCursor: string | null;
    /**
     * Newest first
     */
    transfers: Array<TransferAnswer>;
};

export type WhereaboutsInInventoryAnswer = {
    inventory_id: number;
    balance: ItemBalanceAnswer;
    /**
     * The open ones, oldest first, at most 20
     */
    lends: Array<LendAnswer>;
    /**
     * The open ones, oldest first, at most 20
     */
    holds: Array<HoldAnswer>;
    /**
     * Whether there are more open lends or holds than are shown
     */
    more: boolean;
};

export type WhereaboutsAnswer = {
    /**
     * Number of entries on all pages; null with `cursor`
     */
    total: number | null;
    /**
     * Page number; null with `cursor`
     */
    page: number | null;
    limit: number;
    hasMore: boolean;
    /**
     * Send it as `cursor` to get the next page; null on the last page
     */
    nextCursor: string | null;
    /**
     * Number of the item
     */
    item_id: number;
    id: string;
    /**
     * In the order of their numbers
     */
    inventories: Array<WhereaboutsInInventoryAnswer>;
};

export type SessionAnswer = {
    id: string;
    createdAt: string;
    /**
     * Time of the last refresh; null if never refreshed
     */
    refreshedAt: string | null;
    /**
     * Time at which the session expires unless it is refreshed
     */
    expiresAt: string;
    /**
     * Whether this is the current session
     */
    current: boolean;
};

export type SessionsAnswer = {
    /**
     * Always null: the list is whole
     */
    nextCursor: null;
    /**
     * Newest first; at most 100
     */
    sessions: Array<SessionAnswer>;
};

export type ApiKeysAnswer = {
    /**
     * At most 200, newest first
     */
    apiKeys: Array<ApiKeyAnswer>;
};

export type ProjectionAnswer = {
    name: string;
    schema: number;
    store: 'PostgreSQL' | 'Redis';
    /**
     * Generation of the table; null in Redis
     */
    generation: number | null;
    state: 'building' | 'live';
    /**
     * Position of the last event applied
     */
    position: string | null;
    /**
     * Events not yet applied
     */
    lagEvents: number | null;
    /**
     * False if `lagEvents` is a lower bound
     */
    lagIsExact: boolean | null;
    /**
     * Age in seconds of the oldest event not yet applied
     */
    lagSeconds: number | null;
    eventsPerSecond: number | null;
    /**
     * Number of parked streams
     */
    parkedStreams: number;
    /**
     * The last error; null if there is none
     */
    error: string | null;
    /**
     * Time of the last report, normally at most a second ago; older if no projector runs it
     */
    saidAt: string | null;
    /**
     * Of a live table in PostgreSQL: the rebuild or verification in progress that was requested over HTTP, or else the latest; otherwise null
     */
    run: ProjectionRunAnswer | null;
};

export type ParkedStreamAnswer = {
    projection: string;
    stream: string;
    /**
     * Revision of the event that could not be applied; it and later events of the stream wait
     */
    revision: number;
    error: string;
    /**
     * Number of attempts
     */
    attempts: number;
    /**
     * Action that an operator requested
     */
    action: 'retry' | 'skip' | null;
};

export type ProjectionsAnswer = {
    projections: Array<ProjectionAnswer>;
    parked: Array<ParkedStreamAnswer>;
};

export type StoredEventType = 'AcceptanceWithdrawn' | 'CategoryChanged' | 'CategoryCreated' | 'CategoryDeleted' | 'CategoryTimeNoted' | 'ClosingTimeSet' | 'HoldCancelled' | 'HoldConfirmed' | 'HoldExpired' | 'HoldExtended' | 'HoldLent' | 'HoldReserved' | 'InventoryChanged' | 'InventoryOpened' | 'ItemChanged' | 'ItemCreated' | 'ItemDiscontinued' | 'ItemReinstated' | 'ItemTimeNoted' | 'LendOverdue' | 'LendRenewed' | 'OrderCancelled' | 'OrderCompleted' | 'OrderDeclined' | 'OrderPaid' | 'OrderPlaced' | 'OrderProcessingStarted' | 'OrderRejected' | 'OrderSettled' | 'OrderShipped' | 'OrderSubmitted' | 'ReceiptRejected' | 'RequestAccepted' | 'RequestCancelled' | 'RequestCompleted' | 'RequestMade' | 'ReservationReleased' | 'ReservationShipped' | 'SaleTermsSet' | 'SendingCancelled' | 'SendingRejected' | 'SlotChanged' | 'SlotOpened' | 'StockAdjusted' | 'StockDiscontinued' | 'StockReinstated' | 'TimeNoted' | 'TransferCompleted' | 'TransferRejected' | 'TransferRequested' | 'UnitsGivenBack' | 'UnitsHeld' | 'UnitsLent' | 'UnitsProvided' | 'UnitsPurchased' | 'UnitsReceived' | 'UnitsReserved' | 'UnitsReturned' | 'UnitsSent';

export type EventAnswer = {
    eventId: string;
    stream: string;
    /**
     * Number of the event in its stream, from 0
     */
    revision: number;
    type: 'AcceptanceWithdrawn' | 'CategoryChanged' | 'CategoryCreated' | 'CategoryDeleted' | 'CategoryTimeNoted' | 'ClosingTimeSet' | 'HoldCancelled' | 'HoldConfirmed' | 'HoldExpired' | 'HoldExtended' | 'HoldLent' | 'HoldReserved' | 'InventoryChanged' | 'InventoryOpened' | 'ItemChanged' | 'ItemCreated' | 'ItemDiscontinued' | 'ItemReinstated' | 'ItemTimeNoted' | 'LendOverdue' | 'LendRenewed' | 'OrderCancelled' | 'OrderCompleted' | 'OrderDeclined' | 'OrderPaid' | 'OrderPlaced' | 'OrderProcessingStarted' | 'OrderRejected' | 'OrderSettled' | 'OrderShipped' | 'OrderSubmitted' | 'ReceiptRejected' | 'RequestAccepted' | 'RequestCancelled' | 'RequestCompleted' | 'RequestMade' | 'ReservationReleased' | 'ReservationShipped' | 'SaleTermsSet' | 'SendingCancelled' | 'SendingRejected' | 'SlotChanged' | 'SlotOpened' | 'StockAdjusted' | 'StockDiscontinued' | 'StockReinstated' | 'TimeNoted' | 'TransferCompleted' | 'TransferRejected' | 'TransferRequested' | 'UnitsGivenBack' | 'UnitsHeld' | 'UnitsLent' | 'UnitsProvided' | 'UnitsPurchased' | 'UnitsReceived' | 'UnitsReserved' | 'UnitsReturned' | 'UnitsSent';
    /**
     * Version of the type in which the event was written
     */
    schemaVersion: number | null;
    /**
     * What the stream is about
     */
    subjectKind: 'item' | 'category' | 'slot' | 'order' | 'inventory' | 'transfer' | 'request' | null;
    subjectId: string | null;
    /**
     * The user who asked; null for what nobody asked for, such as an expiry
     */
    userId: string | null;
    /**
     * The API key with which the user asked
     */
    apiKeyId: string | null;
    /**
     * The same for all that one request caused, in any stream: its X-Request-Id
     */
    correlationId: string | null;
    /**
     * Id of the command that recorded the event
     */
    causationId: string | null;
    recordedAt: string | null;
    /**
     * Where the event is in the order of all events
     */
    position: string;
    /**
     * The event as it is stored, in the version in which it was written
     */
    body: {
        [key: string]: unknown;
    } | null;
};

export type EventsAnswer = {
    /**
     * Number of entries on all pages; null with `cursor`
     */
    total: number | null;
    /**
     * Page number; null with `cursor`
     */
    page: number | null;
    limit: number;
    hasMore: boolean;
    /**
     * Send it as `cursor` to get the next page; null on the last page
     */
    nextCursor: string | null;
    /**
     * False when there are more entries than `total`, because no more are counted
     */
    totalIsExact: boolean;
    /**
     * Newest first
     */
    events: Array<EventAnswer>;
};

export type CheckAnswer = {
    name: string;
    /**
     * Whether the service cannot do without it
     */
    essential: boolean;
    ok: boolean;
    /**
     * Why the check failed
     */
    error: string | null;
};

export type ServiceAnswer = {
    service: 'command-api' | 'query-api' | 'projector';
    /**
     * Host and number of the process
     */
    instance: string;
    version: string;
    phase: 'starting' | 'migrating' | 'ready' | 'stopping';
    startedAt: string;
    /**
     * Time of its last report
     */
    saidAt: string;
    /**
     * Whether the last report is at most 15 seconds old
     */
    isReporting: boolean;
    checks: Array<CheckAnswer>;
};

export type ExpiryAnswer = {
    /**
     * Number of open holds past their expiry by more than a second, at most 10,000
     */
    holds: number;
    /**
     * Seconds since the first of them should have expired; 0 if there is none
     */
    oldestSeconds: number;
};

export type StatusAnswer = {
    /**
     * Processes that reported within the last hour and were not stopped
     */
    services: Array<ServiceAnswer>;
    expiry: ExpiryAnswer;
};

export type WebhooksAnswer = {
    /**
     * Always null: the list is whole
     */
    nextCursor: null;
    /**
     * At most 100, oldest first
     */
    webhooks: Array<WebhookAnswer>;
};

export type DeliveriesAnswer = {
    /**
     * Newest first
     */
    deliveries: Array<DeliveryAnswer>;
    /**
     * Send it as `cursor` to get the next page; null on the last page
     */
    nextCursor: string | null;
};

/**
 * The event does not exist, or the journal has not come to it yet. Check the id.
 */
export type EventNotFoundError = {
    statusCode: 404;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'EVENT_NOT_FOUND';
    data: null;
};

/**
 * The journal was turned on, and is not built up to the last event yet. Repeat the same request after Retry-After.
 */
export type JournalNotBuiltError = {
    statusCode: 503;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'JOURNAL_NOT_BUILT';
    data: null;
};

/**
 * This installation does not keep the journal of events. Ask the operator to set HOLDFAST_JOURNAL=true.
 */
export type JournalOffError = {
    statusCode: 404;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'JOURNAL_OFF';
    data: null;
};

/**
 * The stock had no event by that time. Ask for a later time.
 */
export type NothingRecordedYetError = {
    statusCode: 404;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'NOTHING_RECORDED_YET';
    data: null;
};

/**
 * The write of the Consistency-Token could not be read in time. Repeat the same request after Retry-After.
 */
export type NotYetVisibleError = {
    statusCode: 503;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'NOT_YET_VISIBLE';
    data: null;
};

/**
 * The write of the Consistency-Token cannot be read until an operator resolves a problem. Send the request without the token, or tell the operator.
 */
export type ProjectionParkedError = {
    statusCode: 503;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'PROJECTION_PARKED';
    data: null;
};

/**
 * The Consistency-Token is not from this installation, or its write was lost with a restored backup. Send the request without it.
 */
export type TokenForeignError = {
    statusCode: 400;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'TOKEN_FOREIGN';
    data: null;
};

/**
 * You have as many streams open as one caller, or one address, may have. Close one, or wait for Retry-After.
 */
export type TooManyStreamsError = {
    statusCode: 429;
    /**
     * Message in the language of Accept-Language
     */
    statusMessage: string;
    /**
     * Id of the request in the logs
     */
    requestId: string;
    code: 'TOO_MANY_STREAMS';
    data: {
        streamsMax: number;
        retryAfterSeconds: number;
    };
};

export type ListEventsData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Page number, from 1; to read further than the maximum, use `cursor`
         */
        page?: number;
        /**
         * The `nextCursor` of the previous page; cannot be combined with `page`
         */
        cursor?: string;
        limit?: number;
        /**
         * Name of a stream
         */
        stream?: string;
        /**
         * Id of an item, slot, order, inventory, request, transfer or category, or number of an item or order
         */
        subject?: string | number;
        /**
         * What the events are about
         */
        subjectKind?: 'item' | 'category' | 'slot' | 'order' | 'inventory' | 'transfer' | 'request';
        /**
         * Any of these types, separated by commas
         */
        type?: Array<StoredEventType>;
        /**
         * Id or number of the user who asked
         */
        user?: string | number;
        /**
         * Correlation id: the X-Request-Id of the answer to the request that caused the events
         */
        correlationId?: string;
        /**
         * Recorded at this time or later
         */
        from?: string;
        /**
         * Recorded before this time
         */
        to?: string;
    };
    url: '/admin/events';
};

export type ListEventsResponses = {
    /**
     * OK
     */
    200: EventsAnswer;
};

export type ListEventsResponse = ListEventsResponses[keyof ListEventsResponses];

export type GetEventData = {
    body?: never;
    path: {
        /**
         * Id of the event
         */
        eventId: string;
    };
    query?: never;
    url: '/admin/events/{eventId}';
};

export type GetEventResponses = {
    /**
     * OK
     */
    200: EventAnswer;
};

export type GetEventResponse = GetEventResponses[keyof GetEventResponses];

export type ListAllOrdersData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Page number, from 1; to read further than the maximum, use `cursor`
         */
        page?: number;
        /**
         * The `nextCursor` of the previous page; cannot be combined with `page`
         */
        cursor?: string;
        limit?: number;
        /**
         * Without it, orders of any status but `rejected` are listed
         */
        status?: 'submitted' | 'pending' | 'processing' | 'shipped' | 'completed' | 'cancelled' | 'rejected';
        /**
         * The reference that it was given
         */
        reference?: string;
        /**
         * Id or number of the customer
         */
        user?: string | number;
        /**
         * Id or number of an item that is in the order
         */
        product?: string | number;
        /**
         * Submitted at this time or later
         */
        from?: string;
        /**
         * Submitted before this time
         */
        to?: string;
        orderNumber?: string;
    };
    url: '/admin/orders';
};

export type ListAllOrdersResponses = {
    /**
     * OK
     */
    200: AllOrdersAnswer;
};

export type ListAllOrdersResponse = ListAllOrdersResponses[keyof ListAllOrdersResponses];

export type ListProjectionsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/admin/projections';
};

export type ListProjectionsResponses = {
    /**
     * OK
     */
    200: ProjectionsAnswer;
};

export type ListProjectionsResponse = ListProjectionsResponses[keyof ListProjectionsResponses];

export type RetryParkedStreamData = {
    body?: never;
    path: {
        name: string;
        stream: string;
    };
    query?: never;
    url: '/admin/projections/{name}/parked/{stream}/retry';
};

export type RetryParkedStreamResponses = {
    /**
     * Accepted
     */
    202: ParkedActionAnswer;
};

export type RetryParkedStreamResponse = RetryParkedStreamResponses[keyof RetryParkedStreamResponses];

export type SkipParkedStreamData = {
    body?: never;
    path: {
        name: string;
        stream: string;
    };
    query?: never;
    url: '/admin/projections/{name}/parked/{stream}/skip';
};

export type SkipParkedStreamResponses = {
    /**
     * Accepted
     */
    202: ParkedActionAnswer;
};

export type SkipParkedStreamResponse = SkipParkedStreamResponses[keyof SkipParkedStreamResponses];

export type RebuildProjectionData = {
    body?: never;
    path: {
        name: string;
    };
    query?: never;
    url: '/admin/projections/{name}/rebuild';
};

export type RebuildProjectionResponses = {
    /**
     * Accepted
     */
    202: ProjectionRunAnswer;
};

export type RebuildProjectionResponse = RebuildProjectionResponses[keyof RebuildProjectionResponses];

export type CancelProjectionRunData = {
    body?: never;
    path: {
        name: string;
        id: string;
    };
    query?: never;
    url: '/admin/projections/{name}/runs/{id}/cancel';
};

export type CancelProjectionRunResponses = {
    /**
     * OK
     */
    200: ProjectionRunAnswer;
};

export type CancelProjectionRunResponse = CancelProjectionRunResponses[keyof CancelProjectionRunResponses];

export type VerifyProjectionData = {
    body?: never;
    path: {
        name: string;
    };
    query?: never;
    url: '/admin/projections/{name}/verify';
};

export type VerifyProjectionResponses = {
    /**
     * Accepted
     */
    202: ProjectionRunAnswer;
};

export type VerifyProjectionResponse = VerifyProjectionResponses[keyof VerifyProjectionResponses];

export type GetStatusData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/admin/status';
};

export type GetStatusResponses = {
    /**
     * OK
     */
    200: StatusAnswer;
};

export type GetStatusResponse = GetStatusResponses[keyof GetStatusResponses];

export type ListApiKeysData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api-keys';
};

export type ListApiKeysResponses = {
    /**
     * OK
     */
    200: ApiKeysAnswer;
};

export type ListApiKeysResponse = ListApiKeysResponses[keyof ListApiKeysResponses];

export type CreateApiKeyData = {
    body: CreateApiKeyDto;
    path?: never;
    query?: never;
    url: '/api-keys';
};

export type CreateApiKeyResponses = {
    /**
     * Created
     */
    201: CreatedApiKeyAnswer;
};

export type CreateApiKeyResponse = CreateApiKeyResponses[keyof CreateApiKeyResponses];

export type RevokeApiKeyData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/api-keys/{id}';
};

export type RevokeApiKeyResponses = {
    /**
     * OK
     */
    200: ApiKeyAnswer;
};

export type RevokeApiKeyResponse = RevokeApiKeyResponses[keyof RevokeApiKeyResponses];

export type LoginData = {
    body: LoginDto;
    path?: never;
    query?: never;
    url: '/auth/login';
};

export type LoginResponses = {
    /**
     * OK
     */
    200: OAuthAnswer;
};

export type LoginResponse = LoginResponses[keyof LoginResponses];

export type LogoutData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/auth/logout';
};

export type LogoutResponses = {
    /**
     * OK
     */
    200: NoticeAnswer;
};

export type LogoutResponse = LogoutResponses[keyof LogoutResponses];

export type GetMeData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/auth/me';
};

export type GetMeResponses = {
    /**
     * OK
     */
    200: UserAnswer;
};

export type GetMeResponse = GetMeResponses[keyof GetMeResponses];

export type WhoAmIData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/auth/me';
};

export type WhoAmIResponses = {
    /**
     * OK
     */
    200: UserAnswer;
};

export type WhoAmIResponse = WhoAmIResponses[keyof WhoAmIResponses];

export type MakePasswordResetData = {
    body?: MakePasswordResetDto;
    path?: never;
    query?: never;
    url: '/auth/password-resets';
};

export type MakePasswordResetResponses = {
    /**
     * Created
     */
    201: PasswordResetAnswer;
};

export type MakePasswordResetResponse = MakePasswordResetResponses[keyof MakePasswordResetResponses];

export type ResetPasswordData = {
    body: ResetPasswordDto;
    path: {
        token: string;
    };
    query?: never;
    url: '/auth/password-resets/{token}';
};

export type ResetPasswordResponses = {
    /**
     * OK
     */
    200: NoticeAnswer;
};

export type ResetPasswordResponse = ResetPasswordResponses[keyof ResetPasswordResponses];

export type RefreshData = {
    body?: RefreshDto;
    path?: never;
    query?: never;
    url: '/auth/refresh';
};

export type RefreshResponses = {
    /**
     * OK
     */
    200: TokensAnswer;
};

export type RefreshResponse = RefreshResponses[keyof RefreshResponses];

export type RegisterData = {
    body: RegisterDto;
    path?: never;
    query?: never;
    url: '/auth/register';
};

export type RegisterResponses = {
    /**
     * OK
     */
    200: SignedInAnswer;
};

export type RegisterResponse = RegisterResponses[keyof RegisterResponses];

export type EndOtherSessionsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/auth/sessions';
};

export type EndOtherSessionsResponses = {
    /**
     * OK
     */
    200: SessionsEndedAnswer;
};

export type EndOtherSessionsResponse = EndOtherSessionsResponses[keyof EndOtherSessionsResponses];

export type ListSessionsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/auth/sessions';
};

export type ListSessionsResponses = {
    /**
     * OK
     */
    200: SessionsAnswer;
};

export type ListSessionsResponse = ListSessionsResponses[keyof ListSessionsResponses];

export type EndSessionData = {
    body?: never;
    path: {
        /**
         * Id of the session
         */
        id: string;
    };
    query?: never;
    url: '/auth/sessions/{id}';
};

export type EndSessionResponses = {
    /**
     * OK
     */
    200: SessionsEndedAnswer;
};

export type EndSessionResponse = EndSessionResponses[keyof EndSessionResponses];

export type SignupData = {
    body: SignupDto;
    path?: never;
    query?: never;
    url: '/auth/signup';
};

export type SignupResponses = {
    /**
     * OK
     */
    200: SignedInAnswer;
};

export type SignupResponse = SignupResponses[keyof SignupResponses];

export type ListCategoriesData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/categories';
};

export type ListCategoriesResponses = {
    /**
     * OK
     */
    200: Array<ListedCategoryAnswer>;
};

export type ListCategoriesResponse = ListCategoriesResponses[keyof ListCategoriesResponses];

export type CreateCategoryData = {
    body: CreateCategoryDto;
    path?: never;
    query?: never;
    url: '/categories';
};

export type CreateCategoryResponses = {
    /**
     * Created
     */
    201: CategoryAnswer;
};

export type CreateCategoryResponse = CreateCategoryResponses[keyof CreateCategoryResponses];

export type DeleteCategoryData = {
    body?: never;
    path: {
        /**
         * Id or number of the category
         */
        id: string;
    };
    query?: never;
    url: '/categories/{id}';
};

export type DeleteCategoryResponses = {
    /**
     * OK
     */
    200: CategoryAnswer;
};

export type DeleteCategoryResponse = DeleteCategoryResponses[keyof DeleteCategoryResponses];

export type GetCategoryData = {
    body?: never;
    path: {
        /**
         * Id or number of the category
         */
        id: string;
    };
    query?: never;
    url: '/categories/{id}';
};

export type GetCategoryResponses = {
    /**
     * OK
     */
    200: CategoryAnswer;
};

export type GetCategoryResponse = GetCategoryResponses[keyof GetCategoryResponses];

export type ChangeCategoryData = {
    body?: ChangeCategoryDto;
    path: {
        /**
         * Id or number of the category
         */
        id: string;
    };
    query?: never;
    url: '/categories/{id}';
};

export type ChangeCategoryResponses = {
    /**
     * OK
     */
    200: CategoryAnswer;
};

export type ChangeCategoryResponse = ChangeCategoryResponses[keyof ChangeCategoryResponses];

export type ListHoldsData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Page number, from 1; to read further than the maximum, use `cursor`
         */
        page?: number;
        /**
         * The `nextCursor` of the previous page; cannot be combined with `page`
         */
        cursor?: string;
        limit?: number;
        status?: 'open' | 'confirmed' | 'cancelled' | 'expired';
        /**
         * User whose holds are listed; staff only
         */
        user_id?: string | number;
        /**
         * Number of a slot
         */
        slot?: number;
        /**
         * Id or number of an item; not with `slot`
         */
        item?: string | number;
        /**
         * The reference that it was given
         */
        reference?: string;
        /**
         * Made at this time or later
         */
        from?: string;
        /**
         * Made before this time
         */
        to?: string;
    };
    url: '/holds';
};

export type ListHoldsResponses = {
    /**
     * OK
     */
    200: HoldsAnswer;
};

export type ListHoldsResponse = ListHoldsResponses[keyof ListHoldsResponses];

export type CancelHoldData = {
    body?: never;
    path: {
        /**
         * Id of the hold
         */
        id: string;
    };
    query?: never;
    url: '/holds/{id}';
};

export type CancelHoldResponses = {
    /**
     * OK
     */
    200: HoldAnswer;
};

export type CancelHoldResponse = CancelHoldResponses[keyof CancelHoldResponses];

export type GetHoldData = {
    body?: never;
    path: {
        /**
         * Id of the hold
         */
        id: string;
    };
    query?: never;
    url: '/holds/{id}';
};

export type GetHoldResponses = {
    /**
     * OK
     */
    200: HoldAnswer;
};

export type GetHoldResponse = GetHoldResponses[keyof GetHoldResponses];

export type ExtendHoldData = {
    body: ExtendHoldDto;
    path: {
        /**
         * Id of the hold
         */
        id: string;
    };
    query?: never;
    url: '/holds/{id}';
};

export type ExtendHoldResponses = {
    /**
     * OK
     */
    200: HoldAnswer;
};

export type ExtendHoldResponse = ExtendHoldResponses[keyof ExtendHoldResponses];

export type ConfirmHoldData = {
    body?: ConfirmHoldDto;
    path: {
        /**
         * Id of the hold
         */
        id: string;
    };
    query?: never;
    url: '/holds/{id}/confirm';
};

export type ConfirmHoldResponses = {
    /**
     * OK
     */
    200: HoldAnswer;
};

export type ConfirmHoldResponse = ConfirmHoldResponses[keyof ConfirmHoldResponses];

export type ReturnHoldData = {
    body?: ReturnDto;
    path: {
        /**
         * Id of the hold
         */
        id: string;
    };
    query?: never;
    url: '/holds/{id}/return';
};

export type ReturnHoldResponses = {
    /**
     * OK
     */
    200: HoldAnswer;
};

export type ReturnHoldResponse = ReturnHoldResponses[keyof ReturnHoldResponses];

export type ListInventoriesData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Page number, from 1; to read further than the maximum, use `cursor`
         */
        page?: number;
        /**
         * The `nextCursor` of the previous page; cannot be combined with `page`
         */
        cursor?: string;
        limit?: number;
    };
    url: '/inventories';
};

export type ListInventoriesResponses = {
    /**
     * OK
     */
    200: InventoriesAnswer;
};

export type ListInventoriesResponse = ListInventoriesResponses[keyof ListInventoriesResponses];

export type OpenInventoryData = {
    body: OpenInventoryDto;
    path?: never;
    query?: never;
    url: '/inventories';
};

export type OpenInventoryResponses = {
    /**
     * Created
     */
    201: InventoryAnswer;
};

export type OpenInventoryResponse = OpenInventoryResponses[keyof OpenInventoryResponses];

export type GetInventoryData = {
    body?: never;
    path: {
        /**
         * Number of the inventory
         */
        id: string;
    };
    query?: never;
    url: '/inventories/{id}';
};

export type GetInventoryResponses = {
    /**
     * OK
     */
    200: InventoryAnswer;
};

export type GetInventoryResponse = GetInventoryResponses[keyof GetInventoryResponses];

export type ChangeInventoryData = {
    body?: ChangeInventoryDto;
    path: {
        /**
         * Number of the inventory
         */
        id: string;
    };
    query?: never;
    url: '/inventories/{id}';
};

export type ChangeInventoryResponses = {
    /**
     * OK
     */
    200: InventoryAnswer;
};

export type ChangeInventoryResponse = ChangeInventoryResponses[keyof ChangeInventoryResponses];

export type HoldToLendData = {
    body: HoldToLendDto;
    path: {
        /**
         * Number of the inventory
         */
        id: string;
    };
    query?: never;
    url: '/inventories/{id}/holds';
};

export type HoldToLendResponses = {
    /**
     * Created
     */
    201: HoldAnswer;
};

export type HoldToLendResponse = HoldToLendResponses[keyof HoldToLendResponses];

export type ListInventoryItemsData = {
    body?: never;
    path: {
        /**
         * Number of the inventory
         */
        id: string;
    };
    query?: {
        /**
         * Page number, from 1; to read further than the maximum, use `cursor`
         */
        page?: number;
        /**
         * The `nextCursor` of the previous page; cannot be combined with `page`
         */
        cursor?: string;
        limit?: number;
    };
    url: '/inventories/{id}/items';
};

export type ListInventoryItemsResponses = {
    /**
     * OK
     */
    200: InventoryItemsAnswer;
};

export type ListInventoryItemsResponse = ListInventoryItemsResponses[keyof ListInventoryItemsResponses];

export type ListTransfersData = {
    body?: never;
    path: {
        /**
         * Number of the inventory
         */
        id: string;
    };
    query?: {
        /**
         * Page number, from 1; to read further than the maximum, use `cursor`
         */
        page?: number;
        /**
         * The `nextCursor` of the previous page; cannot be combined with `page`
         */
        cursor?: string;
        limit?: number;
    };
    url: '/inventories/{id}/transfers';
};

export type ListTransfersResponses = {
    /**
     * OK
     */
    200: TransfersAnswer;
};

export type ListTransfersResponse = ListTransfersResponses[keyof ListTransfersResponses];

export type TransferUnitsData = {
    body: TransferUnitsDto;
    path: {
        /**
         * Number of the inventory
         */
        id: string;
    };
    query?: never;
    url: '/inventories/{id}/transfers';
};

export type TransferUnitsResponses = {
    /**
     * Created
     */
    201: TransferAnswer;
    /**
     * Recorded, but still pending: list the transfers, or repeat the request with the same key
     */
    202: TransferAnswer;
};

export type TransferUnitsResponse = TransferUnitsResponses[keyof TransferUnitsResponses];

export type ListItemsData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Page number, from 1; to read further than the maximum, use `cursor`
         */
        page?: number;
        /**
         * The `nextCursor` of the previous page; cannot be combined with `page`
         */
        cursor?: string;
        limit?: number;
    };
    url: '/items';
};

export type ListItemsResponses = {
    /**
     * OK
     */
    200: ItemsAnswer;
};

export type ListItemsResponse = ListItemsResponses[keyof ListItemsResponses];

export type GetItemData = {
    body?: never;
    path: {
        /**
         * Id or number of the item
         */
        id: string;
    };
    query?: never;
    url: '/items/{id}';
};

export type GetItemResponses = {
    /**
     * OK
     */
    200: ItemOnSaleAnswer;
};

export type GetItemResponse = GetItemResponses[keyof GetItemResponses];

export type HoldItemData = {
    body?: HoldDto;
    path: {
        /**
         * Id or number of the item
         */
        id: string;
    };
    query?: never;
    url: '/items/{id}/hold';
};

export type HoldItemResponses = {
    /**
     * Created
     */
    201: HoldAnswer;
};

export type HoldItemResponse = HoldItemResponses[keyof HoldItemResponses];

export type PurchaseItemData = {
    body?: PurchaseDto;
    path: {
        /**
         * Id or number of the item
         */
        id: string;
    };
    query?: never;
    url: '/items/{id}/purchase';
};

export type PurchaseItemResponses = {
    /**
     * Created
     */
    201: PurchaseAnswer;
};

export type PurchaseItemResponse = PurchaseItemResponses[keyof PurchaseItemResponses];

export type GetWhereaboutsData = {
    body?: never;
    path: {
        /**
         * Id or number of the item
         */
        id: string;
    };
    query?: {
        /**
         * Page number, from 1; to read further than the maximum, use `cursor`
         */
        page?: number;
        /**
         * The `nextCursor` of the previous page; cannot be combined with `page`
         */
        cursor?: string;
        limit?: number;
    };
    url: '/items/{id}/whereabouts';
};

export type GetWhereaboutsResponses = {
    /**
     * OK
     */
    200: WhereaboutsAnswer;
};

export type GetWhereaboutsResponse = GetWhereaboutsResponses[keyof GetWhereaboutsResponses];

export type PurchaseSeveralData = {
    body: PurchaseSeveralDto;
    path?: never;
    query?: never;
    url: '/items/purchases';
};

export type PurchaseSeveralResponses = {
    /**
     * OK
     */
    200: PurchaseResults;
};

export type PurchaseSeveralResponse = PurchaseSeveralResponses[keyof PurchaseSeveralResponses];

export type ListLendsData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Page number, from 1; to read further than the maximum, use `cursor`
         */
        page?: number;
        /**
         * The `nextCursor` of the previous page; cannot be combined with `page`
         */
        cursor?: string;
        limit?: number;
        /**
         * Id or number of the borrower
         */
        user_id?: string | number;
        /**
         * Id or number of the item
         */
        item_id?: string | number;
        /**
         * Number of the inventory
         */
        inventory_id?: number;
        /**
         * The reference that it was given
         */
        reference?: string;
        /**
         * Whether units are not back
         */
        open?: boolean;
        /**
         * Whether units are still out at or after the due time
         */
        overdue?: boolean;
        /**
         * Lent at this time or later
         */
        from?: string;
        /**
         * Lent before this time
         */
        to?: string;
    };
    url: '/lends';
};

export type ListLendsResponses = {
    /**
     * OK
     */
    200: LendsAnswer;
};

export type ListLendsResponse = ListLendsResponses[keyof ListLendsResponses];

export type LendUnitsData = {
    body?: LendUnitsDto;
    path?: never;
    query?: never;
    url: '/lends';
};

export type LendUnitsResponses = {
    /**
     * Created
     */
    201: LendAnswer;
};

export type LendUnitsResponse = LendUnitsResponses[keyof LendUnitsResponses];

export type GetLendData = {
    body?: never;
    path: {
        /**
         * Number of the lend
         */
        id: string;
    };
    query?: never;
    url: '/lends/{id}';
};

export type GetLendResponses = {
    /**
     * OK
     */
    200: LendAnswer;
};

export type GetLendResponse = GetLendResponses[keyof GetLendResponses];

export type RenewLendData = {
    body?: RenewLendDto;
    path: {
        /**
         * Number of the lend
         */
        id: string;
    };
    query?: never;
    url: '/lends/{id}/renew';
};

export type RenewLendResponses = {
    /**
     * OK
     */
    200: LendAnswer;
};

export type RenewLendResponse = RenewLendResponses[keyof RenewLendResponses];

export type ReturnLendData = {
    body?: ReturnLendDto;
    path: {
        /**
         * Number of the lend
         */
        id: string;
    };
    query?: never;
    url: '/lends/{id}/return';
};

export type ReturnLendResponses = {
    /**
     * OK
     */
    200: LendAnswer;
};

export type ReturnLendResponse = ReturnLendResponses[keyof ReturnLendResponses];

export type OrderOneItemData = {
    body?: never;
    path?: never;
    query: {
        /**
         * Id or number of an item
         */
        product_id: string | number;
        quantity?: number;
    };
    url: '/order';
};

export type OrderOneItemResponses = {
    /**
     * Created
     */
    201: OrderAnswer;
    /**
     * Recorded, but not finished yet: follow Location, or repeat the request with the same key
     */
    202: OrderAnswer;
};

export type OrderOneItemResponse = OrderOneItemResponses[keyof OrderOneItemResponses];

export type ListOrdersData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Page number, from 1; to read further than the maximum, use `cursor`
         */
        page?: number;
        /**
         * The `nextCursor` of the previous page; cannot be combined with `page`
         */
        cursor?: string;
        limit?: number;
        /**
         * Without it, orders of any status but `rejected` are listed
         */
        status?: 'submitted' | 'pending' | 'processing' | 'shipped' | 'completed' | 'cancelled' | 'rejected';
        /**
         * The reference that it was given
         */
        reference?: string;
    };
    url: '/orders';
};

export type ListOrdersResponses = {
    /**
     * OK
     */
    200: OrdersAnswer;
};

export type ListOrdersResponse = ListOrdersResponses[keyof ListOrdersResponses];

export type PlaceOrderData = {
    body: PlaceOrderDto;
    path?: never;
    query?: never;
    url: '/orders';
};

export type PlaceOrderResponses = {
    /**
     * Created
     */
    201: OrderAnswer;
    /**
     * Recorded, but not finished yet: follow Location, or repeat the request with the same key
     */
    202: OrderAnswer;
};

export type PlaceOrderResponse = PlaceOrderResponses[keyof PlaceOrderResponses];

export type GetOrderData = {
    body?: never;
    path: {
        /**
         * Id of the order
         */
        id: string;
    };
    query?: never;
    url: '/orders/{id}';
};

export type GetOrderResponses = {
    /**
     * OK
     */
    200: OrderAnswer;
};

export type GetOrderResponse = GetOrderResponses[keyof GetOrderResponses];

export type CancelOrderData = {
    body?: never;
    path: {
        /**
         * Id of the order
         */
        id: string;
    };
    query?: never;
    url: '/orders/{id}/cancel';
};

export type CancelOrderResponses = {
    /**
     * OK
     */
    200: OrderAnswer;
    /**
     * Recorded, but not finished yet: follow Location, or repeat the request with the same key
     */
    202: OrderAnswer;
};

export type CancelOrderResponse = CancelOrderResponses[keyof CancelOrderResponses];

export type GetOrderHistoryData = {
    body?: never;
    path: {
        /**
         * Id of the order
         */
        id: string;
    };
    query?: never;
    url: '/orders/{id}/history';
};

export type GetOrderHistoryResponses = {
    /**
     * OK
     */
    200: OrderHistoryAnswer;
};

export type GetOrderHistoryResponse = GetOrderHistoryResponses[keyof GetOrderHistoryResponses];

export type PayOrderData = {
    body: PayOrderDto;
    path: {
        /**
         * Id of the order
         */
        id: string;
    };
    query?: never;
    url: '/orders/{id}/payment';
};

export type PayOrderResponses = {
    /**
     * OK
     */
    200: OrderAnswer;
    /**
     * Recorded, but not finished yet: follow Location, or repeat the request with the same key
     */
    202: OrderAnswer;
};

export type PayOrderResponse = PayOrderResponses[keyof PayOrderResponses];

export type ReturnOrderData = {
    body?: ReturnOrderDto;
    path: {
        /**
         * Id of the order
         */
        id: string;
    };
    query?: never;
    url: '/orders/{id}/return';
};

export type ReturnOrderResponses = {
    /**
     * OK
     */
    200: OrderAnswer;
};

export type ReturnOrderResponse = ReturnOrderResponses[keyof ReturnOrderResponses];

export type ChangeOrderStatusData = {
    body: ChangeOrderStatusDto;
    path: {
        /**
         * Id of the order
         */
        id: string;
    };
    query?: never;
    url: '/orders/{id}/status';
};

export type ChangeOrderStatusResponses = {
    /**
     * OK
     */
    200: OrderAnswer;
    /**
     * Recorded, but not finished yet: follow Location, or repeat the request with the same key
     */
    202: OrderAnswer;
};

export type ChangeOrderStatusResponse = ChangeOrderStatusResponses[keyof ChangeOrderStatusResponses];

export type ListProductsData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Page number, from 1; to read further than the maximum, use `cursor`
         */
        page?: number;
        /**
         * The `nextCursor` of the previous page; cannot be combined with `page`
         */
        cursor?: string;
        limit?: number;
        /**
         * Only products of this category, by its id or number
         */
        categoryId?: string | number;
        /**
         * `popular` is by units sold. By default the newest are first; in a search, those with a match in the name
         */
        sort?: 'newest' | 'price-asc' | 'price-desc' | 'popular';
        /**
         * Only products with all of these words in the name, description, tags or SKU. Words match from their beginning; Chinese, Japanese and Korean from two characters on, and one at the start of the name. Case, accents and width do not matter
         */
        search?: string;
        /**
         * In minor units of the currency
         */
        minPrice?: number;
        /**
         * In minor units of the currency
         */
        maxPrice?: number;
        /**
         * Whether units are available in the main inventory
         */
        inStock?: boolean;
        featured?: boolean;
        /**
         * Only products with all of these tags
         */
        tags?: string;
        /**
         * Only these products, by ids or numbers
         */
        ids?: string;
        /**
         * Discontinued products too; only for staff
         */
        include?: 'discontinued';
    };
    url: '/products';
};

export type ListProductsResponses = {
    /**
     * OK
     */
    200: ProductsAnswer;
};

export type ListProductsResponse = ListProductsResponses[keyof ListProductsResponses];

export type CreateProductData = {
    body: CreateProductDto;
    path?: never;
    query?: never;
    url: '/products';
};

export type CreateProductResponses = {
    /**
     * Created
     */
    201: ProductAnswer;
};

export type CreateProductResponse = CreateProductResponses[keyof CreateProductResponses];

export type DiscontinueProductData = {
    body?: never;
    path: {
        /**
         * Id or number of the item
         */
        id: string;
    };
    query?: never;
    url: '/products/{id}';
};

export type DiscontinueProductResponses = {
    /**
     * OK
     */
    200: ProductAnswer;
};

export type DiscontinueProductResponse = DiscontinueProductResponses[keyof DiscontinueProductResponses];

export type GetProductData = {
    body?: never;
    path: {
        /**
         * Id or number of the item
         */
        id: string;
    };
    query?: {
        /**
         * Discontinued products too; only for staff
         */
        include?: 'discontinued';
    };
    url: '/products/{id}';
};

export type GetProductResponses = {
    /**
     * OK
     */
    200: ProductAnswer;
};

export type GetProductResponse = GetProductResponses[keyof GetProductResponses];

export type ChangeProductData = {
    body?: ChangeProductDto;
    path: {
        /**
         * Id or number of the item
         */
        id: string;
    };
    query?: never;
    url: '/products/{id}';
};

export type ChangeProductResponses = {
    /**
     * OK
     */
    200: ProductAnswer;
};

export type ChangeProductResponse = ChangeProductResponses[keyof ChangeProductResponses];

export type GetProductHistoryData = {
    body?: never;
    path: {
        /**
         * Id or number of the item
         */
        id: string;
    };
    query?: {
        /**
         * Page number, from 1; to read further than the maximum, use `cursor`
         */
        page?: number;
        /**
         * The `nextCursor` of the previous page; cannot be combined with `page`
         */
        cursor?: string;
        limit?: number;
    };
    url: '/products/{id}/history';
};

export type GetProductHistoryResponses = {
    /**
     * OK
     */
    200: ProductHistoryAnswer;
};

export type GetProductHistoryResponse = GetProductHistoryResponses[keyof GetProductHistoryResponses];

export type RestoreProductData = {
    body?: never;
    path: {
        /**
         * Id or number of the item
         */
        id: string;
    };
    query?: never;
    url: '/products/{id}/restore';
};

export type RestoreProductResponses = {
    /**
     * OK
     */
    200: ProductAnswer;
};

export type RestoreProductResponse = RestoreProductResponses[keyof RestoreProductResponses];

export type ImportProductsData = {
    body: ImportProductsDto;
    path?: never;
    query?: never;
    url: '/products/bulk';
};

export type ImportProductsResponses = {
    /**
     * OK
     */
    200: ImportResults;
};

export type ImportProductsResponse = ImportProductsResponses[keyof ImportProductsResponses];

export type ListProvidesData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Page number, from 1; to read further than the maximum, use `cursor`
         */
        page?: number;
        /**
         * The `nextCursor` of the previous page; cannot be combined with `page`
         */
        cursor?: string;
        limit?: number;
        /**
         * Id or number of the user who provided the units
         */
        user_id?: string | number;
        /**
         * Id or number of the item
         */
        item_id?: string | number;
        /**
         * Number of the inventory
         */
        inventory_id?: number;
        /**
         * Provided at this time or later
         */
        from?: string;
        /**
         * Provided before this time
         */
        to?: string;
    };
    url: '/provides';
};

export type ListProvidesResponses = {
    /**
     * OK
     */
    200: ProvidesAnswer;
};

export type ListProvidesResponse = ListProvidesResponses[keyof ListProvidesResponses];

export type ProvideUnitsData = {
    body: ProvideUnitsDto;
    path?: never;
    query?: never;
    url: '/provides';
};

export type ProvideUnitsResponses = {
    /**
     * Created
     */
    201: ProvideAnswer;
};

export type ProvideUnitsResponse = ProvideUnitsResponses[keyof ProvideUnitsResponses];

export type ListPurchasesData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Page number, from 1; to read further than the maximum, use `cursor`
         */
        page?: number;
        /**
         * The `nextCursor` of the previous page; cannot be combined with `page`
         */
        cursor?: string;
        limit?: number;
        /**
         * Id or number of the user whose purchases are listed; staff only
         */
        userId?: string | number;
        /**
         * Id or number of the item
         */
        item?: string | number;
        /**
         * The reference that it was given
         */
        reference?: string;
        /**
         * Bought at this time or later
         */
        from?: string;
        /**
         * Bought before this time
         */
        to?: string;
    };
    url: '/purchases';
};

export type ListPurchasesResponses = {
    /**
     * OK
     */
    200: PurchasesAnswer;
};

export type ListPurchasesResponse = ListPurchasesResponses[keyof ListPurchasesResponses];

export type GetPurchaseData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/purchases/{id}';
};

export type GetPurchaseResponses = {
    /**
     * OK
     */
    200: ShownPurchaseAnswer;
};

export type GetPurchaseResponse = GetPurchaseResponses[keyof GetPurchaseResponses];

export type ReturnPurchaseData = {
    body?: ReturnDto;
    path: {
        id: string;
    };
    query?: never;
    url: '/purchases/{id}/return';
};

export type ReturnPurchaseResponses = {
    /**
     * OK
     */
    200: PurchaseAnswer;
};

export type ReturnPurchaseResponse = ReturnPurchaseResponses[keyof ReturnPurchaseResponses];

export type AcceptRequestData = {
    body: AcceptRequestDto;
    path?: never;
    query?: never;
    url: '/request-accepters';
};

export type AcceptRequestResponses = {
    /**
     * Created
     */
    201: AcceptedAnswer;
};

export type AcceptRequestResponse = AcceptRequestResponses[keyof AcceptRequestResponses];

export type WithdrawAcceptanceData = {
    body?: never;
    path: {
        /**
         * Number of the acceptance
         */
        id: string;
    };
    query?: never;
    url: '/request-accepters/{id}';
};

export type WithdrawAcceptanceResponses = {
    /**
     * OK
     */
    200: RequestAnswer;
};

export type WithdrawAcceptanceResponse = WithdrawAcceptanceResponses[keyof WithdrawAcceptanceResponses];

export type ListRequestsData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Page number, from 1; to read further than the maximum, use `cursor`
         */
        page?: number;
        /**
         * The `nextCursor` of the previous page; cannot be combined with `page`
         */
        cursor?: string;
        limit?: number;
        type?: 'Material' | 'Tool' | 'Humanpower';
        status?: 'Not Completed' | 'Completed' | 'Cancelled';
        /**
         * Id or number of the requester
         */
        requester_id?: string | number;
        /**
         * Id or number of an item that the request names
         */
        item_id?: string | number;
    };
    url: '/requests';
};

export type ListRequestsResponses = {
    /**
     * OK
     */
    200: RequestsAnswer;
};

export type ListRequestsResponse = ListRequestsResponses[keyof ListRequestsResponses];

export type MakeRequestData = {
    body: MakeRequestDto;
    path?: never;
    query?: never;
    url: '/requests';
};

export type MakeRequestResponses = {
    /**
     * Created
     */
    201: RequestAnswer;
};

export type MakeRequestResponse = MakeRequestResponses[keyof MakeRequestResponses];

export type GetRequestData = {
    body?: never;
    path: {
        /**
         * Number of the request
         */
        id: string;
    };
    query?: never;
    url: '/requests/{id}';
};

export type GetRequestResponses = {
    /**
     * OK
     */
    200: RequestWithAcceptancesAnswer;
};

export type GetRequestResponse = GetRequestResponses[keyof GetRequestResponses];

export type ListAcceptancesData = {
    body?: never;
    path: {
        /**
         * Number of the request
         */
        id: string;
    };
    query?: {
        /**
         * Page number, from 1; to read further than the maximum, use `cursor`
         */
        page?: number;
        /**
         * The `nextCursor` of the previous page; cannot be combined with `page`
         */
        cursor?: string;
        limit?: number;
    };
    url: '/requests/{id}/acceptances';
};

export type ListAcceptancesResponses = {
    /**
     * OK
     */
    200: AcceptancesAnswer;
};

export type ListAcceptancesResponse = ListAcceptancesResponses[keyof ListAcceptancesResponses];

export type CancelRequestData = {
    body?: never;
    path: {
        /**
         * Number of the request
         */
        id: string;
    };
    query?: never;
    url: '/requests/{id}/cancel';
};

export type CancelRequestResponses = {
    /**
     * OK
     */
    200: RequestAnswer;
};

export type CancelRequestResponse = CancelRequestResponses[keyof CancelRequestResponses];

export type ListSlotsData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Page number, from 1; to read further than the maximum, use `cursor`
         */
        page?: number;
        /**
         * The `nextCursor` of the previous page; cannot be combined with `page`
         */
        cursor?: string;
        limit?: number;
        /**
         * Only slots that start at or after this time
         */
        from?: string;
        /**
         * Only slots that start before this time
         */
        to?: string;
        /**
         * Only slots with these ids
         */
        ids?: string | Array<number>;
        /**
         * Only slots that can be booked, which have not started and have places left; `false` for the others
         */
        free?: boolean;
        /**
         * `startsAt` by default; in both directions, slots without a start are last
         */
        sort?: 'startsAt' | '-startsAt' | 'id';
    };
    url: '/slots';
};

export type ListSlotsResponses = {
    /**
     * OK
     */
    200: SlotsAnswer;
};

export type ListSlotsResponse = ListSlotsResponses[keyof ListSlotsResponses];

export type OpenSlotData = {
    body: OpenSlotDto;
    path?: never;
    query?: never;
    url: '/slots';
};

export type OpenSlotResponses = {
    /**
     * Created
     */
    201: SlotAnswer;
};

export type OpenSlotResponse = OpenSlotResponses[keyof OpenSlotResponses];

export type GetSlotData = {
    body?: never;
    path: {
        /**
         * Number of the slot
         */
        id: string;
    };
    query?: never;
    url: '/slots/{id}';
};

export type GetSlotResponses = {
    /**
     * OK
     */
    200: SlotAnswer;
};

export type GetSlotResponse = GetSlotResponses[keyof GetSlotResponses];

export type ChangeSlotData = {
    body?: ChangeSlotDto;
    path: {
        /**
         * Number of the slot
         */
        id: string;
    };
    query?: never;
    url: '/slots/{id}';
};

export type ChangeSlotResponses = {
    /**
     * OK
     */
    200: SlotAnswer;
};

export type ChangeSlotResponse = ChangeSlotResponses[keyof ChangeSlotResponses];

export type SlotHistoryData = {
    body?: never;
    path: {
        /**
         * Number of the slot
         */
        id: string;
    };
    query?: {
        /**
         * Page number, from 1; to read further than the maximum, use `cursor`
         */
        page?: number;
        /**
         * The `nextCursor` of the previous page; cannot be combined with `page`
         */
        cursor?: string;
        limit?: number;
        /**
         * Which come first; `oldest` by default
         */
        sort?: 'oldest' | 'newest';
    };
    url: '/slots/{id}/history';
};

export type SlotHistoryResponses = {
    /**
     * OK
     */
    200: SlotHistoryAnswer;
};

export type SlotHistoryResponse = SlotHistoryResponses[keyof SlotHistoryResponses];

export type HoldSlotData = {
    body?: HoldDto;
    path: {
        /**
         * Number of the slot
         */
        id: string;
    };
    query?: never;
    url: '/slots/{id}/hold';
};

export type HoldSlotResponses = {
    /**
     * Created
     */
    201: HoldAnswer;
};

export type HoldSlotResponse = HoldSlotResponses[keyof HoldSlotResponses];

export type ListAvailabilityData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Page number, from 1; to read further than the maximum, use `cursor`
         */
        page?: number;
        /**
         * The `nextCursor` of the previous page; cannot be combined with `page`
         */
        cursor?: string;
        /**
         * 5000 by default; with `page`, 100
         */
        limit?: number;
        /**
         * Only slots that start at or after this time
         */
        from?: string;
        /**
         * Only slots that start before this time
         */
        to?: string;
        /**
         * Only slots with these ids
         */
        ids?: string | Array<number>;
    };
    url: '/slots/availability';
};

export type ListAvailabilityResponses = {
    /**
     * OK
     */
    200: Array<SlotPlacesAnswer>;
};

export type ListAvailabilityResponse = ListAvailabilityResponses[keyof ListAvailabilityResponses];

export type OpenSeriesData = {
    body: OpenSeriesDto;
    path?: never;
    query?: never;
    url: '/slots/series';
};

export type OpenSeriesResponses = {
    /**
     * Created
     */
    201: SeriesAnswer;
};

export type OpenSeriesResponse = OpenSeriesResponses[keyof OpenSeriesResponses];

export type ProvideStockData = {
    body: ProvideStockDto;
    path?: never;
    query?: never;
    url: '/stock';
};

export type ProvideStockResponses = {
    /**
     * Created
     */
    201: ProvidedAnswer;
};

export type ProvideStockResponse = ProvideStockResponses[keyof ProvideStockResponses];

export type GetStockData = {
    body?: never;
    path: {
        /**
         * Id or number of the item
         */
        itemId: string;
    };
    query?: {
        /**
         * Number of the inventory
         */
        inventory_id?: number;
        /**
         * Return the stock as of this time
         */
        at?: string;
    };
    url: '/stock/{itemId}';
};

export type GetStockResponses = {
    /**
     * OK
     */
    200: StockAnswer;
};

export type GetStockResponse = GetStockResponses[keyof GetStockResponses];

export type AdjustStockData = {
    body: AdjustStockDto;
    path: {
        /**
         * Id or number of the item
         */
        itemId: string;
    };
    query?: never;
    url: '/stock/{itemId}/adjustments';
};

export type AdjustStockResponses = {
    /**
     * Created
     */
    201: AdjustedAnswer;
};

export type AdjustStockResponse = AdjustStockResponses[keyof AdjustStockResponses];

export type GetStockHistoryData = {
    body?: never;
    path: {
        /**
         * Id or number of the item
         */
        itemId: string;
    };
    query?: {
        /**
         * Page number, from 1; to read further than the maximum, use `cursor`
         */
        page?: number;
        /**
         * The `nextCursor` of the previous page; cannot be combined with `page`
         */
        cursor?: string;
        limit?: number;
        /**
         * Which come first; `oldest` by default
         */
        sort?: 'oldest' | 'newest';
        /**
         * Number of the inventory
         */
        inventory_id?: number;
    };
    url: '/stock/{itemId}/history';
};

export type GetStockHistoryResponses = {
    /**
     * OK
     */
    200: HistoryAnswer;
};

export type GetStockHistoryResponse = GetStockHistoryResponses[keyof GetStockHistoryResponses];

export type GetProfileData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/user/profile';
};

export type GetProfileResponses = {
    /**
     * OK
     */
    200: UserAnswer;
};

export type GetProfileResponse = GetProfileResponses[keyof GetProfileResponses];

export type ChangeProfileData = {
    body?: ProfileDto;
    path?: never;
    query?: never;
    url: '/user/profile';
};

export type ChangeProfileResponses = {
    /**
     * OK
     */
    200: ProfileChangedAnswer;
};

export type ChangeProfileResponse = ChangeProfileResponses[keyof ChangeProfileResponses];

export type ListWebhooksData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/webhooks';
};

export type ListWebhooksResponses = {
    /**
     * OK
     */
    200: WebhooksAnswer;
};

export type ListWebhooksResponse = ListWebhooksResponses[keyof ListWebhooksResponses];

export type CreateWebhookData = {
    body: CreateWebhookDto;
    path?: never;
    query?: never;
    url: '/webhooks';
};

export type CreateWebhookResponses = {
    /**
     * Created
     */
    201: CreatedWebhookAnswer;
};

export type CreateWebhookResponse = CreateWebhookResponses[keyof CreateWebhookResponses];

export type DeleteWebhookData = {
    body?: never;
    path: {
        /**
         * Id of the webhook
         */
        id: string;
    };
    query?: never;
    url: '/webhooks/{id}';
};

export type DeleteWebhookResponses = {
    /**
     * OK
     */
    200: WebhookAnswer;
};

export type DeleteWebhookResponse = DeleteWebhookResponses[keyof DeleteWebhookResponses];

export type GetWebhookData = {
    body?: never;
    path: {
        /**
         * Id of the webhook
         */
        id: string;
    };
    query?: never;
    url: '/webhooks/{id}';
};

export type GetWebhookResponses = {
    /**
     * OK
     */
    200: WebhookAnswer;
};

export type GetWebhookResponse = GetWebhookResponses[keyof GetWebhookResponses];

export type ChangeWebhookData = {
    body?: ChangeWebhookDto;
    path: {
        /**
         * Id of the webhook
         */
        id: string;
    };
    query?: never;
    url: '/webhooks/{id}';
};

export type ChangeWebhookResponses = {
    /**
     * OK
     */
    200: WebhookAnswer;
};

export type ChangeWebhookResponse = ChangeWebhookResponses[keyof ChangeWebhookResponses];

export type ListDeliveriesData = {
    body?: never;
    path: {
        /**
         * Id of the webhook
         */
        id: string;
    };
    query?: {
        status?: 'pending' | 'delivered' | 'failed';
        limit?: number;
        /**
         * The `nextCursor` of the previous page
         */
        cursor?: string;
    };
    url: '/webhooks/{id}/deliveries';
};

export type ListDeliveriesResponses = {
    /**
     * OK
     */
    200: DeliveriesAnswer;
};

export type ListDeliveriesResponse = ListDeliveriesResponses[keyof ListDeliveriesResponses];

export type ReplayDeliveryData = {
    body?: never;
    path: {
        /**
         * Id of the webhook
         */
        id: string;
        /**
         * Id of the delivery
         */
        deliveryId: string;
    };
    query?: never;
    url: '/webhooks/{id}/deliveries/{deliveryId}/replay';
};

export type ReplayDeliveryResponses = {
    /**
     * Accepted
     */
    202: DeliveryAnswer;
};

export type ReplayDeliveryResponse = ReplayDeliveryResponses[keyof ReplayDeliveryResponses];

export type ReplayFailedDeliveriesData = {
    body?: never;
    path: {
        /**
         * Id of the webhook
         */
        id: string;
    };
    query?: never;
    url: '/webhooks/{id}/deliveries/replay';
};

export type ReplayFailedDeliveriesResponses = {
    /**
     * Accepted
     */
    202: ReplayedAnswer;
};

export type ReplayFailedDeliveriesResponse = ReplayFailedDeliveriesResponses[keyof ReplayFailedDeliveriesResponses];

export type RotateSecretData = {
    body?: RotateSecretDto;
    path: {
        /**
         * Id of the webhook
         */
        id: string;
    };
    query?: never;
    url: '/webhooks/{id}/secret';
};

export type RotateSecretResponses = {
    /**
     * OK
     */
    200: SecretAnswer;
};

export type RotateSecretResponse = RotateSecretResponses[keyof RotateSecretResponses];
