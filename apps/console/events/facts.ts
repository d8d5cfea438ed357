import type { EventAnswer } from '#client';
import type { Formats } from '../language/formats.ts';
import type { Messages } from '../language/messages.ts';

export interface Language {
  readonly t: Messages;
  readonly format: Formats;
}

/** A part of a sentence about an event, as the language writes it; undefined if the event has not what it is made of. */
export type Fact = (event: EventAnswer, language: Language) => string | undefined;

type Words = Readonly<Record<string, string>>;

/** The field of a body; several names are of fields within fields. */
function valueAt({ body }: EventAnswer, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => (value as Record<string, unknown> | null | undefined)?.[name], body);
}

export function text(...path: readonly string[]): Fact {
  return (event, { format }) => {
    const value = valueAt(event, path);
    if (typeof value === 'number') return format.number(value);
    return typeof value === 'string' ? value : undefined;
  };
}

/** An id, which may be a number: it is written as it is. */
export function id(...path: readonly string[]): Fact {
  return (event) => {
    const value = valueAt(event, path);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  };
}

export function price(field: string): Fact {
  return (event, { format }) => {
    const value = valueAt(event, [field]);
    return typeof value === 'number' ? format.price(value) : undefined;
  };
}

/** A difference, with its sign. */
export function change(field: string): Fact {
  return (event, { format }) => {
    const value = valueAt(event, [field]);
    return typeof value === 'number' ? `${value > 0 ? '+' : ''}${format.number(value)}` : undefined;
  };
}

/** A time in milliseconds since 1970; its date is said if it is another one than that of the event. */
export function time(field: string): Fact {
  return (event, { format }) => {
    const value = valueAt(event, [field]);
    if (typeof value !== 'number') return undefined;
    const isSameDay =
      event.recordedAt !== null && new Date(event.recordedAt).toDateString() === new Date(value).toDateString();
    return isSameDay ? format.time(value) : format.moment(value);
  };
}

/** One of several words; what is none of them is said as it is stored. */
export function word(wordsOf: (events: Messages['events']) => Words, ...path: readonly string[]): Fact {
  return (event, { t }) => {
    const value = valueAt(event, path);
    return typeof value === 'string' ? (wordsOf(t.events)[value] ?? value) : undefined;
  };
}

export function names(field: string): Fact {
  return (event) => {
    const value = valueAt(event, [field]);
    return Array.isArray(value) ? value.join(', ') : undefined;
  };
}

/** Empty where the event does not say it, such as the due time of a lend without one. */
export function optional(fact: Fact): Fact {
  return (event, language) => fact(event, language) ?? '';
}

export const subject: Fact = ({ subjectId }) => subjectId ?? undefined;

const stockOfInventory = /^stock-item:.*:(\d+)$/;
const mainInventory = '1';

/** What the event is about, such as an item; of a stock, with its inventory if that is not the main one. */
export const thing: Fact = ({ stream, subjectKind, subjectId }, { t }) => {
  if (subjectKind === null || subjectId === null) return undefined;
  const about = t.events.things[subjectKind](subjectId);
  const [, inventory = mainInventory] = stockOfInventory.exec(stream) ?? [];
  return inventory === mainInventory ? about : t.events.inInventory(about, inventory);
};

/** Units of an item or places of a slot. */
export function goods(field: string): Fact {
  return (event, language) => {
    const [count, about] = [text(field)(event, language), thing(event, language)];
    if (count === undefined || about === undefined) return undefined;
    return language.t.events.goods[event.subjectKind === 'slot' ? 'slot' : 'item'](count, about);
  };
}

/** Of an event that names its item in its body. */
export const itemGoods: Fact = (event, language) => {
  const [count, itemId] = [text('quantity')(event, language), id('itemId')(event, language)];
  const { goods: goodsOf, things } = language.t.events;
  return count === undefined || itemId === undefined ? undefined : goodsOf.item(count, things.item(itemId));
};

const linesMax = 3;

/** The lines of an order, if they are many, only the first ones. */
export const orderLines: Fact = (event, { format }) => {
  const lines = valueAt(event, ['lines']);
  if (!Array.isArray(lines)) return undefined;
  const shown = (lines as { quantity: number; name: string }[])
    .slice(0, linesMax)
    .map(({ quantity, name }) => `${format.number(quantity)} × ${name}`);
  return [...shown, ...(lines.length > linesMax ? ['…'] : [])].join(', ');
};
