import { sendByBareLoop } from './bare-loop.ts';
import { sendByHoldfast } from './holdfast.ts';
import type { SendingTask, Sent } from './sending-task.ts';

export function sendWebhooks(task: SendingTask): Promise<Sent> {
  switch (task.way) {
    case 'holdfast':
      return sendByHoldfast(task);
    case 'bare-loop':
      return sendByBareLoop(task);
  }
}
