import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { consistencyHeader } from '#http';
import type { ProjectionName } from '#projections';
import { ReadYourWrites } from './read-your-writes.ts';

type Asked = Readonly<Record<string, unknown>>;

/** The projections that a query reads, where need be by its parameters as they were sent. */
export type Read = readonly ProjectionName[] | ((asked: Asked) => readonly ProjectionName[]);

export const readKey = 'holdfast:read';

/** What is noted of a request that has waited. */
export interface FreshRequest {
  fresh?: boolean;
}

/** Before a query is asked, all that it reads has come as far as the request's Consistency-Token. */
@Injectable()
export class WaitForWrites implements CanActivate {
  readonly #reflector = new Reflector();

  constructor(private readonly readYourWrites: ReadYourWrites) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest & FreshRequest>();
    const token = request.headers[consistencyHeader] as string | undefined;
    return token === undefined || this.#wait(token, request, context);
  }

  async #wait(token: string, request: FastifyRequest & FreshRequest, context: ExecutionContext): Promise<boolean> {
    const read = this.#reflector.get<Read>(readKey, context.getHandler());
    const projections = typeof read === 'function' ? read(request.query as Asked) : read;
    await this.readYourWrites.wait(token, ...projections);
    request.fresh = true;
    return true;
  }
}
