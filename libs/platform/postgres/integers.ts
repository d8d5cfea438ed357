import { types, type CustomTypesConfig } from 'pg';

/** What the driver hands over as text, since not every one of them fits a number: here those that fit are numbers. */
export const bigintsAsNumbers: CustomTypesConfig = {
  getTypeParser: (type, format) =>
    type === types.builtins.INT8 && format !== 'binary' ? wholeNumber : (types.getTypeParser(type, format) as Parse),
};

type Parse = (value: string) => unknown;

function wholeNumber(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  throw new RangeError(
    `PostgreSQL answered the bigint ${text}, beyond ±${Number.MAX_SAFE_INTEGER}: read it through a pool with bigints as text`,
  );
}
