import { decodeToken, problem } from '#http';
import type { CheckpointWatch, ProjectionName } from '#projections';

/** Lets a query wait until what its Consistency-Token names is to be seen. */
export class ReadYourWrites {
  constructor(
    private readonly watch: CheckpointWatch,
    private readonly waitMs: number,
  ) {}

  /** Answers whether there was anything to wait for. */
  async wait(token: string | undefined, ...projections: readonly ProjectionName[]): Promise<boolean> {
    if (token === undefined) return false;
    const { position } = decodeToken(token);
    const arrivals = projections.map((projection) => this.watch.reached(projection, position, this.waitMs));
    if ((await Promise.all(arrivals)).includes(false)) throw problem('NOT_YET_VISIBLE');
    return true;
  }
}
