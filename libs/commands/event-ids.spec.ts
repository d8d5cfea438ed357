import { commandIdOf, eventIdOf } from './event-ids.ts';

describe('ids', () => {
  it('of commands and events are what they always were: a retry is recognised by another release, too', () => {
    const command = commandIdOf('ann', 'order-1');
    expect(command).toBe('08646fd5-940c-82d8-8ffd-d0384f322c6e');
    expect(eventIdOf('6f1c1d2e-8a3b-4c5d-9e0f-112233445566', 1)).toBe('e47d5a04-a1c9-8e74-af33-26396a505d63');
    expect(eventIdOf('6f1c1d2e-8a3b-4c5d-9e0f-112233445566', 2)).toBe('d4b40292-dc17-8984-b590-f6d55aa6caae');
  });

  it('of a command’s first event is the command’s own', () => {
    expect(eventIdOf('6f1c1d2e-8a3b-4c5d-9e0f-112233445566', 0)).toBe('6f1c1d2e-8a3b-4c5d-9e0f-112233445566');
  });

  it('are another for another caller and for another key', () => {
    const ids = [commandIdOf('ann', 'order-1'), commandIdOf('bob', 'order-1'), commandIdOf('ann', 'order-2')];
    expect(new Set(ids).size).toBe(3);
  });
});
