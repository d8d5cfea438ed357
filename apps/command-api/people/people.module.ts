import { peopleControllers, peopleHandlers } from './people-parts.ts';

export const people = { controllers: peopleControllers, handlers: peopleHandlers };
