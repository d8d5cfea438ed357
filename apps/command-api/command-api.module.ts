import type { DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Tokens, Users } from '#auth';
import { CallerGuard } from '#auth/guard';
import { CommandRuntime, Numbers } from '#commands';
import type { Config } from '#platform';
import { LoginController } from './auth/login.controller.ts';
import { Commands } from './commands/commands.ts';
import { ItemsController } from './items/items.controller.ts';
import { StockController } from './stock/stock.controller.ts';

export interface CommandApiParts {
  readonly config: Config;
  readonly runtime: CommandRuntime;
  readonly numbers: Numbers;
  readonly users: Users;
  readonly tokens: Tokens;
}

class CommandApi {}

export function commandApiModule({ config, runtime, numbers, users, tokens }: CommandApiParts): DynamicModule {
  return {
    module: CommandApi,
    controllers: [LoginController, ItemsController, StockController],
    providers: [
      { provide: Commands, useValue: new Commands(runtime, config.requestTimeoutMs) },
      { provide: Numbers, useValue: numbers },
      { provide: Users, useValue: users },
      { provide: Tokens, useValue: tokens },
      { provide: APP_GUARD, useValue: new CallerGuard(tokens) },
    ],
  };
}
