import { CategoriesController } from './categories.controller.ts';
import { ChangeCategoryHandler } from './change-category.ts';
import { ChangeItemHandler } from './change-item.ts';
import { CreateCategoryHandler } from './create-category.ts';
import { CreateItemHandler } from './create-item.ts';
import { DeleteCategoryHandler } from './delete-category.ts';
import { ImportItemsHandler } from './import-items.ts';
import { DiscontinueItemHandler } from './discontinue-item.ts';
import { ProductsController } from './products.controller.ts';
import { RestoreItemHandler } from './restore-item.ts';

/** What is for sale: items, which the API calls products, and their categories. */
export const catalog = {
  controllers: [ProductsController, CategoriesController],
  handlers: [
    CreateItemHandler,
    ChangeItemHandler,
    ImportItemsHandler,
    DiscontinueItemHandler,
    RestoreItemHandler,
    CreateCategoryHandler,
    ChangeCategoryHandler,
    DeleteCategoryHandler,
  ],
};
