import { startsOf, type Series } from './series.ts';

const berlin: Series = {
  from: '2027-03-26',
  until: '2027-03-30',
  days: ['sun', 'mon'],
  times: ['09:00'],
  timeZone: 'Europe/Berlin',
  except: [],
};

function timesOf(series: Series, slotsMax = 1000): string[] {
  return startsOf(series, slotsMax).starts.map((start) => new Date(start).toISOString().replace(':00.000Z', 'Z'));
}

describe('a series of slots', () => {
  it('has those of its days, at its times, in their order', () => {
    const wanted = ['2027-03-28T07:00Z', '2027-03-28T14:30Z', '2027-03-29T07:00Z', '2027-03-29T14:30Z'];
    expect(timesOf({ ...berlin, times: ['16:30', '09:00'] })).toEqual(wanted);
    expect(timesOf({ ...berlin, from: '2027-03-29', until: '2027-03-29' })).toEqual(['2027-03-29T07:00Z']);
  });

  it('keeps the time of the clocks when they are changed', () => {
    const weekly: Series = { ...berlin, from: '2027-03-21', until: '2027-04-04', days: ['sun'] };
    expect(timesOf(weekly)).toEqual(['2027-03-21T08:00Z', '2027-03-28T07:00Z', '2027-04-04T07:00Z']);
  });

  it('has no slot at a time that clocks are put forward over, and says so', () => {
    const night: Series = { ...berlin, times: ['01:30', '02:30', '03:30'], days: ['sun'] };
    expect(timesOf(night)).toEqual(['2027-03-28T00:30Z', '2027-03-28T01:30Z']);
    expect(startsOf(night, 1000).skipped).toEqual(['2027-03-28T02:30']);
    const counted: Series = { ...night, times: ['02:30'], until: undefined, count: 2 };
    expect(timesOf(counted)).toEqual(['2027-04-04T00:30Z', '2027-04-11T00:30Z']);
  });

  it('has one slot at a time that clocks show twice, the first of them', () => {
    const night: Series = { ...berlin, from: '2027-10-31', until: '2027-10-31', times: ['01:30', '02:30', '03:00'] };
    expect(timesOf(night)).toEqual(['2027-10-30T23:30Z', '2027-10-31T00:30Z', '2027-10-31T02:00Z']);
  });

  it('has none on a day that is excepted', () => {
    expect(timesOf({ ...berlin, except: ['2027-03-28'] })).toEqual(['2027-03-29T07:00Z']);
  });

  it('has as many as are counted, and no more than one over the maximum', () => {
    const endless = { ...berlin, until: undefined };
    expect(timesOf({ ...endless, count: 3 })).toEqual(['2027-03-28T07:00Z', '2027-03-29T07:00Z', '2027-04-04T07:00Z']);
    expect(timesOf(endless, 5)).toHaveLength(6);
    expect(timesOf({ ...berlin, until: '2999-12-31' }, 5)).toHaveLength(6);
  });
});
