import type { Change, FollowOptions } from './follow.ts';
import type { Route, Routes } from './generated/routes.ts';
import type { Listing } from './listing.ts';
import type { RequestOptions } from './transport.ts';

export type AnswerOf<R extends Route> = Routes[R]['answer'];

/** A write takes a body, a read a query. */
export type InputOf<R extends Route> = [Routes[R]['body']] extends [undefined] ? Routes[R]['query'] : Routes[R]['body'];
export type Id = string | number;
type Ids<R extends Route> = R extends `${string}{${string}{${string}`
  ? [id: Id, innerId: Id]
  : R extends `${string}{${string}`
    ? [id: Id]
    : [];
type Given<Input, Options> = [Input] extends [undefined]
  ? [options?: Options]
  : undefined extends Input
    ? [input?: Input, options?: Options]
    : [input: Input, options?: Options];
export type Method<R extends Route, Result = Promise<AnswerOf<R>>, Options = RequestOptions> = (
  ...args: [...Ids<R>, ...Given<InputOf<R>, Options>]
) => Result;

export type RowOf<Answer> = Answer extends readonly (infer Row)[] ? Row : never;
export type ListMethod<R extends Route, Row> = Method<R, Listing<AnswerOf<R>, Row>>;
export type FollowMethod<R extends Route, Row = AnswerOf<R>, State = Row> = Method<
  R,
  AsyncIterable<Change<Row, State>>,
  FollowOptions
>;

/** What `request` takes: the values of the path, and the query or the body. */
type PathNames<R extends string> = R extends `${string}{${infer Name}}${infer Rest}` ? Name | PathNames<Rest> : never;
type Part<Name extends string, Value> = [Value] extends [undefined]
  ? unknown
  : undefined extends Value
    ? { readonly [Key in Name]?: Value }
    : { readonly [Key in Name]: Value };
type RequestInput<R extends Route> = ([PathNames<R>] extends [never]
  ? unknown
  : { readonly path: Readonly<Record<PathNames<R>, Id>> }) &
  Part<'query', Routes[R]['query']> &
  Part<'body', Routes[R]['body']>;

export type RequestArguments<R extends Route> =
  Partial<RequestInput<R>> extends RequestInput<R>
    ? [input?: RequestInput<R>, options?: RequestOptions]
    : [input: RequestInput<R>, options?: RequestOptions];
