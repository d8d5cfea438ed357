import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CategoryAnswer, categoryAnswer, ListedCategoryAnswer, listedCategoryAnswer } from '#answers';
import { isRejected } from '#domain';
import { NoQuery } from '#http';
import { Public } from '#http/guard';
import { categoriesProjection } from '#read-models';
import { UseCases, type QueryContext } from '#use-cases/bus';
import { EntityTag, etagHeader } from '../edge/entity-tag.ts';
import { Context } from '../edge/query-context.ts';
import { Sees } from '../edge/sees.ts';
import { GetCategory } from './get-category.ts';
import { ListCategories } from './list-categories.ts';

@ApiTags('catalog')
@Controller('categories')
export class CategoriesController {
  constructor(private readonly useCases: UseCases) {}

  @Get()
  @EntityTag()
  @Public()
  @ApiOperation({
    summary: 'List the categories',
    description: 'Returns all categories by rank, then by number. Public; supports ETag and If-None-Match.',
  })
  @ApiOkResponse({ type: [ListedCategoryAnswer], headers: etagHeader })
  @Sees([categoriesProjection])
  async listCategories(@Query() _none: NoQuery, @Context() context: QueryContext): Promise<ListedCategoryAnswer[]> {
    const categories = await this.useCases.ask(new ListCategories(context));
    return categories.map(listedCategoryAnswer);
  }

  @Get(':id')
  @EntityTag()
  @Public()
  @ApiOperation({
    summary: 'Get a category',
    description: 'Returns one category with its number and rank. Public; supports ETag and If-None-Match.',
  })
  @ApiOkResponse({ type: CategoryAnswer, headers: etagHeader })
  @Sees([categoriesProjection], 'CATEGORY_NOT_FOUND')
  async getCategory(@Param('id') id: string, @Query() _none: NoQuery, @Context() context: QueryContext) {
    const category = await this.useCases.ask(new GetCategory(context, id));
    return isRejected(category) ? category : categoryAnswer(category);
  }
}
