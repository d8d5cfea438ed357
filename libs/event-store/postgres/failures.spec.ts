import pg from 'pg';
import { OutcomeUnknown, StoreUnavailable } from '../errors.ts';
import { appendFailure, connectFailure, readFailure, spoilsConnection } from './failures.ts';

function rejection(code: string): pg.DatabaseError {
  const error = new pg.DatabaseError(`rejected with ${code}`, 0, 'error');
  error.code = code;
  return error;
}

describe('what a failed append means', () => {
  it.each([
    ['40001', 'a turn that was lost'],
    ['40P01', 'a deadlock'],
    ['53100', 'a full disk'],
    ['53200', 'no memory'],
    ['55P03', 'a lock that was not to be had'],
    ['57014', 'the statement’s time-out'],
    ['58030', 'a disk that failed'],
    ['25006', 'a server that became a standby'],
    ['26000', 'a prepared statement that another server knew'],
  ])('%s, %s: nothing was written, try later', (code) => {
    expect(appendFailure(rejection(code))).toBeInstanceOf(StoreUnavailable);
  });

  it.each([
    ['40003', 'a statement whose completion is unknown'],
    ['08006', 'a lost connection'],
    ['57P01', 'a server that stops'],
    ['57P02', 'a server that crashed'],
  ])('%s, %s: nobody can say', (code) => {
    expect(appendFailure(rejection(code))).toBeInstanceOf(OutcomeUnknown);
  });

  it('is unknown for whatever PostgreSQL did not say itself', () => {
    expect(appendFailure(new Error('Query read timeout'))).toBeInstanceOf(OutcomeUnknown);
    expect(appendFailure(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }))).toBeInstanceOf(
      OutcomeUnknown,
    );
  });

  it('is what PostgreSQL said of the data, as it said it', () => {
    const error = rejection('22P02');
    expect(appendFailure(error)).toBe(error);
    expect(readFailure(error)).toBe(error);
  });
});

describe('a connection', () => {
  it('is of no more use after a loss, or on a server that is not the same any more', () => {
    expect(['57P01', '25006', '26000'].map((code) => spoilsConnection(rejection(code)))).toEqual([true, true, true]);
    expect(spoilsConnection(new Error('Query read timeout'))).toBe(true);
    expect(spoilsConnection(rejection('22P02'))).toBe(false);
  });

  it('that could not be had is named by its code, when its message says nothing', () => {
    const refused = Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' });
    expect(connectFailure(refused).message).toBe('PostgreSQL cannot be reached: ECONNREFUSED');
  });
});
