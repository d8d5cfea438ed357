interface PathParameter {
  readonly description: string;
  /** One that a new installation has, with its demo data. */
  readonly example?: string;
}

const ofItem: PathParameter = { description: 'Id or number of the item', example: 'prod_001' };

const byCollection: Readonly<Record<string, PathParameter>> = {
  categories: { description: 'Id or number of the category', example: 'cat_elec' },
  events: { description: 'Id of the event' },
  holds: { description: 'Id of the hold' },
  inventories: { description: 'Number of the inventory', example: '1' },
  items: ofItem,
  lends: { description: 'Number of the lend' },
  orders: { description: 'Id of the order' },
  products: ofItem,
  'request-accepters': { description: 'Number of the acceptance' },
  requests: { description: 'Number of the request' },
  sessions: { description: 'Id of the session' },
  slots: { description: 'Number of the slot', example: '1' },
  stock: ofItem,
  webhooks: { description: 'Id of the webhook' },
  deliveries: { description: 'Id of the delivery' },
};

/** What a path such as `/items/{id}` names there: a member of the collection before it. */
export function pathParameter(path: string, name: string): PathParameter | undefined {
  const [, collection = ''] = new RegExp(String.raw`([\w-]+)/\{${name}\}`).exec(path) ?? [];
  return byCollection[collection];
}
