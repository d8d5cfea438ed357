import { Api } from './api.ts';
import { logIn, type Login } from './demo-users.ts';
import { say } from './terminal.ts';

/** In the order of their numbers: the examples of the requirements know the first one as 1. */
const categories = [
  { id: 'cat_elec', name: '電子產品', slug: 'electronics', description: '各類3C周邊', icon: 'device-icon' },
  { id: 'cat_cloth', name: '服飾配件', slug: 'clothing', description: '流行服飾', icon: 'shirt-icon' },
  { id: 'cat_home', name: '居家生活', slug: 'home', description: '居家用品', icon: 'home-icon' },
  { id: 'cat_food', name: '食品飲料', slug: 'food', description: '美食甜點', icon: 'food-icon' },
] as const;

/** A new installation has four categories; those that exist, or were deleted, stay as they are. */
export async function ensureCategories(gateway: string, staff: Login): Promise<void> {
  // The last one is there after a start that created all of them.
  const created = await new Api(gateway, '').get(`/categories/${categories[3].id}`);
  await created.body?.cancel();
  if (created.ok) return;
  const token = await logIn(gateway, staff);
  if (token === undefined) return say('  ! The demo staff user cannot log in, so no categories were created.');
  const api = new Api(gateway, token);
  for (const category of categories) await api.ensure('/categories', category);
}
