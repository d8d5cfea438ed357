import fc from 'fast-check';
import { daysOfWeek, startsOf, type Series } from './series.ts';

const hour = 3_600_000;
const day = 24 * hour;

const zones = Intl.supportedValuesOf('timeZone');
const formats = new Map<string, Intl.DateTimeFormat>();

/** What clocks in the zone show, with the day of the week: `2027-03-28T02:30 sun`. */
function shown(timeZone: string, moment: number): string {
  const known = formats.get(timeZone);
  const format =
    known ?? new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'full', timeStyle: 'medium', hourCycle: 'h23' });
  formats.set(timeZone, format);
  const part = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, value]));
  const months = 'January February March April May June July August September October November December'.split(' ');
  const month = String(months.indexOf(part['month'] ?? '') + 1).padStart(2, '0');
  const date = `${part['year']}-${month}-${part['day']?.padStart(2, '0')}`;
  const seconds = part['second'] === '00' ? '' : `:${part['second']}`;
  return `${date}T${part['hour']}:${part['minute']}${seconds} ${part['weekday']?.slice(0, 3).toLowerCase()}`;
}

function dateOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

const anySeries: fc.Arbitrary<Series> = fc
  .record({
    timeZone: fc.constantFrom(...zones),
    day: fc.integer({ min: 0, max: 40_000 }),
    length: fc.integer({ min: 0, max: 40 }),
    times: fc.uniqueArray(fc.integer({ min: 0, max: 95 }), { minLength: 1, maxLength: 4 }),
    days: fc.subarray([...daysOfWeek], { minLength: 1 }),
    except: fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 3 }),
  })
  .map(({ timeZone, day: first, length, times, days, except }) => ({
    timeZone,
    days,
    from: dateOf(first * day),
    until: dateOf((first + length) * day),
    times: times.map((quarter) => new Date(quarter * 15 * 60_000).toISOString().slice(11, 16)),
    except: except.map((after) => dateOf((first + after) * day)),
  }));

/** The series again, by looking at the clocks of the zone. */
function wantedOf({ from, until = from, times, days, except }: Series): string[] {
  const wanted: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(until); at += day) {
    const name = daysOfWeek[new Date(at).getUTCDay()] as (typeof daysOfWeek)[number];
    if (days.includes(name) && !except.includes(dateOf(at)))
      wanted.push(...times.toSorted().map((time) => `${dateOf(at)}T${time} ${name}`));
  }
  return wanted;
}

describe('the slots of any series', () => {
  it('start when clocks in the zone show the wanted times of the wanted days, the first time that they do', () => {
    fc.assert(
      fc.property(anySeries, (series) => {
        const { starts, skipped } = startsOf(series, 1000);
        const wanted = wantedOf(series);
        const found = starts.map((start) => shown(series.timeZone, start));
        expect(found).toEqual(wanted.filter((one) => !skipped.includes(one.slice(0, 16))));
        expect(starts.length + skipped.length).toBe(wanted.length);
        for (const [index, start] of starts.entries()) {
          for (const earlier of [0.5, 1, 2]) {
            expect(shown(series.timeZone, start - earlier * hour)).not.toBe(found[index]);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('are left out only where clocks never show their time', () => {
    const zonesWithChanges = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'America/Sao_Paulo'];
    const ofHours = {
      times: ['00:00', '00:30', '01:30', '02:15', '02:45', '03:00'],
      days: [...daysOfWeek],
      except: [],
    };
    let count = 0;
    for (const timeZone of [...zonesWithChanges, 'Pacific/Apia', 'Africa/Cairo']) {
      const { skipped } = startsOf({ ...ofHours, timeZone, from: '2011-01-01', until: '2011-12-31' }, 3000);
      count += skipped.length;
      for (const local of skipped) {
        const around = Date.parse(`${local}Z`);
        for (let moment = around - 2 * day; moment <= around + 2 * day; moment += 15 * 60_000) {
          expect(shown(timeZone, moment).slice(0, 16)).not.toBe(local);
        }
      }
    }
    expect(count).toBeGreaterThan(5);
  });
});
