import { problem, type ConsistencyToken, type ConsistencyTokens } from '#http';
import type { CheckpointWatch, HeadWatch, ProjectionName } from '#projections';

/** Lets a query wait until what its Consistency-Token names is to be seen. */
export class ReadYourWrites {
  constructor(
    private readonly tokens: ConsistencyTokens,
    private readonly watch: CheckpointWatch,
    private readonly heads: HeadWatch,
    private readonly waitMs: number,
  ) {}

  async wait(token: string, ...projections: readonly ProjectionName[]): Promise<void> {
    const write = this.tokens.decode(token);
    this.#rejectParked(write, projections);
    const arrivals = projections.map((projection) => this.watch.reached(projection, write.position, this.waitMs));
    const arriving = Promise.all(arrivals);
    if (await this.heads.isLost(write.position, arriving)) throw problem('TOKEN_FOREIGN');
    const arrived = !(await arriving).includes(false);
    // A projection that comes to an event which it cannot take goes on without it.
    this.#rejectParked(write, projections);
    if (!arrived) throw problem('NOT_YET_VISIBLE');
  }

  #rejectParked({ stream, position }: ConsistencyToken, projections: readonly ProjectionName[]): void {
    const isParked = projections.some((projection) => this.watch.isParked(projection, stream, position));
    if (isParked) throw problem('PROJECTION_PARKED');
  }
}
