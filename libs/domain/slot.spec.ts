import { slotAggregate, type SlotEvent } from '#domain';
import { decisionsOf } from '#dev/testing';

const { given } = decisionsOf({
  initial: slotAggregate.initial,
  evolve: slotAggregate.evolve,
  decide: slotAggregate.decide,
});
const at = 2000;
const open = { type: 'OpenSlot', slotId: 5, title: 'Yoga', startsAt: 9000, endsAt: 9500, at } as const;
const facts = { slotId: 5, title: 'Yoga', startsAt: 9000, endsAt: 9500, cancelUntil: null, createdAt: at };
const opened: SlotEvent = { type: 'SlotOpened', ...facts };

describe('a slot', () => {
  it('is opened once', () => {
    given().when(open).then(opened);
    given(opened).when(open).rejected({ code: 'ID_TAKEN', id: '5' });
  });

  it('needs neither a title nor times', () => {
    given()
      .when({ ...open, title: null, startsAt: null, endsAt: null })
      .then({ ...opened, title: null, startsAt: null, endsAt: null });
  });

  it('may have a start without an end, and an end without a start', () => {
    given()
      .when({ ...open, endsAt: null })
      .then({ ...opened, endsAt: null });
    given()
      .when({ ...open, startsAt: null, endsAt: 0 })
      .then({ ...opened, startsAt: null, endsAt: 0 });
  });

  it('says what of it changed, and what it is now', () => {
    given(opened)
      .when({ type: 'ChangeSlot', title: null, endsAt: 9900, at: 3000 })
      .then({ type: 'SlotChanged', ...facts, title: null, endsAt: 9900, changed: ['title', 'endsAt'] });
  });

  it('can be given back until its start, unless it says until when', () => {
    given()
      .when({ ...open, cancelUntil: 8000 })
      .then({ ...opened, cancelUntil: 8000 });
    given({ ...opened, cancelUntil: 8000 })
      .when({ type: 'ChangeSlot', title: 'Pilates', at })
      .then({ type: 'SlotChanged', ...facts, cancelUntil: 8000, title: 'Pilates', changed: ['title'] });
    given({ ...opened, cancelUntil: 8000 })
      .when({ type: 'ChangeSlot', cancelUntil: null, at })
      .then({ type: 'SlotChanged', ...facts, changed: ['cancelUntil'] });
  });

  it('that is already as it should be records nothing', () => {
    given(opened).when({ type: 'ChangeSlot', title: 'Yoga', startsAt: 9000, at }).thenNothing();
  });

  it('does not end before it has started', () => {
    const rejected = { code: 'SLOT_ENDS_TOO_EARLY', startsAt: 9000, endsAt: 9000 } as const;
    given()
      .when({ ...open, endsAt: 9000 })
      .rejected(rejected);
    given(opened).when({ type: 'ChangeSlot', endsAt: 9000, at }).rejected(rejected);
    given(opened)
      .when({ type: 'ChangeSlot', startsAt: 9600, at })
      .rejected({ code: 'SLOT_ENDS_TOO_EARLY', startsAt: 9600, endsAt: 9500 });
  });

  it('is open once it was opened', () => {
    expect(slotAggregate.evolve(slotAggregate.initial, opened)).toEqual({ status: 'open', facts });
  });

  it('that was never opened is not found', () => {
    given().when({ type: 'ChangeSlot', title: 'x', at }).rejected({ code: 'SLOT_NOT_FOUND' });
  });
});

describe('a slot that was changed', () => {
  it('is what it was changed to', () => {
    const changed: SlotEvent = { type: 'SlotChanged', ...facts, title: 'Pilates', changed: ['title'] };
    given(opened, changed).when({ type: 'ChangeSlot', title: 'Pilates', at }).thenNothing();
    given(opened, changed)
      .when({ type: 'ChangeSlot', title: 'Yoga', at })
      .then({ type: 'SlotChanged', ...facts, changed: ['title'] });
  });
});
