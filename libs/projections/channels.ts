/** Says that the checkpoint of a live generation moved, and where to: `<view> <position>`. */
export const checkpointChannel = 'holdfast_checkpoint';

/** Says that a stream was parked, or is no longer. */
export const parkedChannel = 'holdfast_parked';
