import { Problem } from '#http';

/** For a stock that has nothing: whether there is nothing left, or no such thing. Asked only then, for it is read. */
export function orNotFound(find: () => Promise<unknown>): (error: unknown) => Promise<never> {
  return async (error) => {
    if (error instanceof Problem && error.code === 'INSUFFICIENT_STOCK') await find();
    throw error;
  };
}
