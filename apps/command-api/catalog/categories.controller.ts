import { Body, Controller, Delete, Param, Patch, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CategoryAnswer, categoryAnswer } from '#answers';
import { Roles } from '#http/guard';
import { answering, UseCases, type UseCaseContext } from '#use-cases';
import { Located } from '../edge/answer-use-case.ts';
import { Context } from '../edge/use-case-context.ts';
import { locationHeader, Writes } from '../edge/writes.ts';
import { ChangeCategoryDto, CreateCategoryDto } from './categories.dto.ts';
import { ChangeCategory } from './change-category.ts';
import { CreateCategory } from './create-category.ts';
import { DeleteCategory } from './delete-category.ts';

@ApiTags('catalog')
@Controller('categories')
export class CategoriesController {
  constructor(private readonly useCases: UseCases) {}

  @Post()
  @Roles('staff')
  @Located(({ id }: CategoryAnswer) => `/api/v1/categories/${id}`)
  @ApiOperation({ summary: 'Create a category', description: 'Staff only.' })
  @ApiCreatedResponse({ type: CategoryAnswer, headers: locationHeader })
  @Writes('ID_TAKEN', 'SLUG_TAKEN', 'NOT_RECORDED_IN_TIME', 'FORBIDDEN')
  createCategory(@Body() { id, ...details }: CreateCategoryDto, @Context() context: UseCaseContext) {
    return answering(this.useCases.execute(new CreateCategory(context, id, details)), categoryAnswer);
  }

  @Patch(':id')
  @Roles('staff')
  @ApiOperation({
    summary: 'Change a category',
    description: 'Fields that are omitted keep their value. Staff only.',
  })
  @ApiOkResponse({ type: CategoryAnswer })
  @Writes('CATEGORY_NOT_FOUND', 'SLUG_TAKEN', 'NOT_RECORDED_IN_TIME', 'FORBIDDEN')
  changeCategory(@Param('id') id: string, @Body() given: ChangeCategoryDto, @Context() context: UseCaseContext) {
    const change = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    return answering(this.useCases.execute(new ChangeCategory(context, id, change)), categoryAnswer);
  }

  @Delete(':id')
  @Roles('staff')
  @ApiOperation({
    summary: 'Delete a category',
    description:
      'Rejected while products are in it; discontinued products count, since they can be restored. Its slug becomes ' +
      'free; its id is never used again. Staff only.',
  })
  @ApiOkResponse({ type: CategoryAnswer })
  @Writes('CATEGORY_NOT_FOUND', 'CATEGORY_IN_USE', 'FORBIDDEN')
  deleteCategory(@Param('id') id: string, @Context() context: UseCaseContext) {
    return answering(this.useCases.execute(new DeleteCategory(context, id)), categoryAnswer);
  }
}
