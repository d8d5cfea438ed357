import { problem, type ConsistencyToken, type ConsistencyTokens } from '#http';
import type { CheckpointWatch, HeadWatch, ProjectionName } from '#projections';

/** As many as a client has had under way at once. */
const tokensMax = 20;

/** Lets a query wait until what its Consistency-Tokens name is to be seen. */
export class ReadYourWrites {
  constructor(
    private readonly tokens: ConsistencyTokens,
    private readonly watch: CheckpointWatch,
    private readonly heads: HeadWatch,
    private readonly waitMs: number,
  ) {}

  /** @param tokens Separated by commas. */
  async wait(tokens: string, ...projections: readonly ProjectionName[]): Promise<void> {
    const named = tokens.split(',', tokensMax + 1);
    if (named.length > tokensMax) throw problem('TOKEN_FOREIGN');
    const writes = named.map((token) => this.tokens.decode(token.trim()));
    await Promise.all(writes.map((write) => this.#waitFor(write, projections)));
  }

  async #waitFor(write: ConsistencyToken, projections: readonly ProjectionName[]): Promise<void> {
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
