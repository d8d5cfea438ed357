import { ApiProperty } from '@nestjs/swagger';

export class ListedCategoryAnswer {
  @ApiProperty({ example: 'cat_elec' })
  id!: string;

  @ApiProperty({ example: '電子產品' })
  name!: string;

  @ApiProperty({ example: 'electronics' })
  slug!: string;

  @ApiProperty({ example: '各類3C周邊' })
  description!: string;

  @ApiProperty({ example: 'device-icon' })
  icon!: string;
}

export class CategoryAnswer extends ListedCategoryAnswer {
  @ApiProperty({ description: 'Sequential number of the category', example: 1 })
  number!: number;

  @ApiProperty({ description: 'Categories are listed by rank, then by number', example: 0 })
  rank!: number;
}

interface ShownCategory extends Omit<CategoryAnswer, 'id'> {
  readonly categoryId: string;
}

export function listedCategoryAnswer({
  categoryId,
  name,
  slug,
  description,
  icon,
}: Omit<ShownCategory, 'number' | 'rank'>): Pick<ListedCategoryAnswer, keyof ListedCategoryAnswer> {
  return { id: categoryId, name, slug, description, icon };
}

export function categoryAnswer(category: ShownCategory): CategoryAnswer {
  return { ...listedCategoryAnswer(category), number: category.number, rank: category.rank };
}
