import { Problem } from '../errors/problem.ts';
import { keepRepeated } from './repeated-names.ts';
import { ListOf } from './list-of.ts';
import { ObjectOf } from './object-of.ts';
import { Integer, Text } from './rules.ts';
import { ValidationPipe } from './validation.pipe.ts';

class Place {
  @Text({ max: 10 })
  cityName!: string;

  @Integer({ min: 0, max: 9, default: 1 })
  floor!: number;
}

class Route {
  @ObjectOf(Place)
  startsAt!: Place;

  @ObjectOf(Place, { optional: true })
  endsAt?: Place;

  @ListOf(Place, { min: 0, max: 3, optional: true })
  between?: Place[];
}

class Journey {
  @ObjectOf(Route)
  route!: Route;
}

function parsed<Dto extends object>(body: object, metatype: new () => Dto): Dto {
  return new ValidationPipe().transform(body, { type: 'body', metatype }) as Dto;
}

function faultsOf(body: object, metatype: new () => object = Route): unknown {
  try {
    parsed(body, metatype);
    return {};
  } catch (error) {
    if (error instanceof Problem) return error.facts;
    throw error;
  }
}

const startsAt = { cityName: 'Taipei' };

describe('an object with fields of its own', () => {
  it('is of its class, with its defaults, in either spelling', () => {
    const route = parsed({ starts_at: { city_name: 'Taipei' }, endsAt: { cityName: 'Tainan', floor: 2 } }, Route);
    expect(route).toEqual({ startsAt: { cityName: 'Taipei', floor: 1 }, endsAt: { cityName: 'Tainan', floor: 2 } });
    expect(route.startsAt).toBeInstanceOf(Place);
    expect(parsed({ startsAt }, Route).endsAt).toBeUndefined();
  });

  it('can contain objects and lists', () => {
    const body = { route: { startsAt, between: [{ cityName: 'Hsinchu' }] } };
    const { route } = parsed(body, Journey);
    expect(route.startsAt).toBeInstanceOf(Place);
    expect(route.between).toEqual([{ cityName: 'Hsinchu', floor: 1 }]);
    expect(faultsOf({ route: { startsAt: { cityName: '' }, between: [{}, 1] } }, Journey)).toEqual({
      'route.startsAt.cityName': 'must be text of 1 to 10 characters',
      'route.between.0.cityName': 'is required',
      'route.between.1': 'must be an object',
    });
  });

  it.each([{}, { startsAt: null }])('cannot be missing: %j', (body) => {
    expect(faultsOf(body)).toEqual({ startsAt: 'is required' });
  });

  it.each(['', 'Taipei', 7, true, [], [startsAt]])('is nothing else: %j', (other) => {
    expect(faultsOf({ startsAt: other })).toEqual({ startsAt: 'must be an object' });
    expect(faultsOf({ startsAt, endsAt: other })).toEqual({ endsAt: 'must be an object' });
  });

  it('names the path of each fault', () => {
    expect(faultsOf({ startsAt: { floor: 10, colour: 'red' }, endsAt: { cityName: {} }, size: 1 })).toEqual({
      size: 'is not a field of this request',
      'startsAt.colour': 'is not a field of this request',
      'startsAt.cityName': 'is required',
      'startsAt.floor': 'must be a whole number from 0 to 9',
      'endsAt.cityName': 'must be text of 1 to 10 characters',
    });
  });

  it('cannot have a field twice', () => {
    expect(faultsOf({ startsAt: { cityName: 'a', city_name: 'b' } })).toEqual({
      'startsAt.cityName': 'is given more than once',
    });
    expect(faultsOf({ startsAt, starts_at: startsAt })).toEqual({ startsAt: 'is given more than once' });
    const body = { startsAt: { cityName: 'a' } };
    keepRepeated(body, new Set(['startsAt.cityName']));
    expect(faultsOf(body)).toEqual({ 'startsAt.cityName': 'is given more than once' });
  });

  it('keeps the fields of an object’s prototype out', () => {
    const given = JSON.parse('{ "cityName": "a", "__proto__": { "floor": 5 } }') as object;
    expect(faultsOf({ startsAt: given })).toEqual({ 'startsAt.__proto__': 'is not a field of this request' });
  });

  it('tells of twenty unknown fields at most', () => {
    const unknown = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`field${n}`, 1]));
    expect(Object.keys(faultsOf({ startsAt: { ...startsAt, ...unknown } }) as object)).toHaveLength(20);
  });
});
