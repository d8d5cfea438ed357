import { Integer, NewId, Slug, Text } from '#http';

const nameMax = 100;
const slugMax = 100;
const descriptionMax = 1000;
const iconMax = 100;
const rankMax = 1_000_000;

export class CreateCategoryDto {
  @NewId({ optional: true, description: 'An id you choose; by default one is generated', example: 'cat_elec' })
  id?: string;

  @Text({ max: nameMax, example: '電子產品' })
  name!: string;

  @Slug({ max: slugMax, description: 'Its name in URLs; no two categories have the same', example: 'electronics' })
  slug!: string;

  @Text({ default: '', min: 0, max: descriptionMax, example: '各類3C周邊' })
  description!: string;

  @Text({ default: '', min: 0, max: iconMax, example: 'device-icon' })
  icon!: string;

  @Integer({ default: 0, max: rankMax, description: 'Categories are listed by rank, then by number' })
  rank!: number;
}

export class ChangeCategoryDto {
  @Text({ optional: true, max: nameMax })
  name?: string;

  @Slug({ optional: true, max: slugMax })
  slug?: string;

  @Text({ optional: true, min: 0, max: descriptionMax })
  description?: string;

  @Text({ optional: true, min: 0, max: iconMax })
  icon?: string;

  @Integer({ optional: true, max: rankMax })
  rank?: number;
}
