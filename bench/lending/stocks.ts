/** More than are lent in a round. */
export const unitsOfEach = 1_000_000;

const roundsMax = 20;

/** Each round lends another item, so that all begin without open lends. */
export const itemNames: readonly string[] = Array.from({ length: roundsMax }, (_, round) => `item${round}`);
