import 'reflect-metadata';
import type { DynamicModule, Provider, Type } from '@nestjs/common';
import { CommandBus, CqrsModule, QueryBus } from '@nestjs/cqrs';
import type { Registry } from '#platform';
import { UseCases } from './use-cases.ts';

class UseCasesModule {}

/** Registers the handlers on the buses; fails at startup if a command or query has more than one handler. */
export function useCasesModule(
  handlers: readonly Type[],
  providers: readonly Provider[],
  registry: Registry,
): DynamicModule {
  assertOneHandlerEach(handlers);
  return {
    module: UseCasesModule,
    imports: [CqrsModule],
    providers: [
      ...providers,
      ...handlers,
      {
        provide: UseCases,
        useFactory: (commands: CommandBus, queries: QueryBus) => new UseCases(commands, queries, registry),
        inject: [CommandBus, QueryBus],
      },
    ],
    exports: [UseCases, ...providers.flatMap((provider) => ('provide' in provider ? [provider.provide] : []))],
  };
}

// Metadata keys of the decorators of @nestjs/cqrs.
const notedAs = ['__commandHandler__', '__queryHandler__'] as const;

/** The bus only logs a warning and uses the last handler. */
function assertOneHandlerEach(handlers: readonly Type[]): void {
  const handled = new Map<Type, Type>();
  for (const handler of handlers) {
    const message = notedAs.map((key) => Reflect.getMetadata(key, handler) as Type | undefined).find(Boolean);
    if (message === undefined) throw new Error(`${handler.name} handles neither a command nor a query`);
    const other = handled.get(message);
    if (other !== undefined) throw new Error(`${message.name} has two handlers: ${other.name} and ${handler.name}`);
    handled.set(message, handler);
  }
}
