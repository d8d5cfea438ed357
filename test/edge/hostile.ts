import fc from 'fast-check';

/** As large as a body may be unless HOLDFAST_BODY_BYTES_MAX says otherwise. */
export const bodyBytesMax = 262_144;

// What text costs to read depends on these: marks that combine, what grows or shrinks when it is normalised or
// lower-cased, halves of surrogate pairs, what separates, and what regular expressions go back over.
const units = [
  'a', 'A', 'İ', '\u0301', '\u0334', '\u05b0', '\ufdfa', '\u1100\u1161\u11a8', '\u{1d15e}', '\ud800', '\u00ad', '9', '0',
  '_', '-', '.', ',', '@', ' ', '\t', '+', '%', ';q=', '=', 'W/"', '_a', 'aA',
]; // prettier-ignore

/** Text of about so many bytes, of a few runs that repeat. */
export function hostileText(bytesMax: number): fc.Arbitrary<string> {
  const run = fc.tuple(fc.constantFrom(...units), fc.constantFrom(1, 2, 50, 5000, 50_000));
  return fc.array(run, { minLength: 1, maxLength: 4 }).map((runs) => {
    const pattern = runs.map(([unit, count]) => unit.repeat(count)).join('');
    return fill(pattern, bytesMax);
  });
}

/** JSON of the largest size that is hard on whoever reads it: in the field named, in its names, or in its structure. */
export function hostileJson(fields: readonly string[], body: object): fc.Arbitrary<string> {
  const field = fields.length === 0 ? fc.constant('unknown') : fc.constantFrom(...fields, 'unknown');
  const begun = JSON.stringify(body).slice(0, -1);
  const start = begun === '{' ? '{' : `${begun},`;
  const room = bodyBytesMax - start.length - 100;
  const inField = (value: fc.Arbitrary<string>) => fc.tuple(field, value).map(([name, v]) => `${start}"${name}":${v}}`);
  const text = hostileText(room).map((value) => fillQuoted(value, room));
  const nested = fc
    .tuple(
      fc.constantFrom('[]', '{}', '{"a":1}', '1', '[[[[1]]]]', `{"${'aA'.repeat(65)}":1}`, '""', 'null'),
      fc.nat(30),
    )
    .map(([value, levels]) => `${'['.repeat(levels)}${fill(`${value},`, room - 100)}1${']'.repeat(levels)}`);
  const names = fc
    .constantFrom<(index: number) => string>(
      (index) => index.toString(36),
      (index) => String(index * 7919),
      (index) => String(2 ** 32 + index * 65_536),
      (index) => `${'A_'.repeat(200)}${index}`,
      // As many as are accepted, and as long as they can be then.
      (index) => `${'aA'.repeat(62)}${index}`,
      () => 'same',
    )
    .map((nameOf) => manyNames(start, nameOf));
  return fc.oneof(
    inField(text),
    text.map((name) => `${start}${name}:1}`),
    inField(fc.constantFrom('9', '1.0', '-9', '1e9').map((digits) => `1${fill(digits.replace(/\D/g, '9'), room)}`)),
    inField(nested),
    inField(fc.constant(`${'['.repeat(room / 2)}${']'.repeat(room / 2)}`)),
    names,
  );
}

/** A form of the largest size. */
export function hostileForm(fields: readonly string[]): fc.Arbitrary<string> {
  const pair = fc.constantFrom('a&', '&', '=&', '%&', '%41=1&', 'a=%ff&', '+=+&');
  const text = fc.tuple(fc.constantFrom(...fields), hostileText(bodyBytesMax / 9));
  return fc.oneof(
    pair.map((one) => fill(one, bodyBytesMax)),
    text.map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`),
  );
}

function manyNames(start: string, nameOf: (index: number) => string): string {
  const parts: string[] = [];
  for (let index = 0, bytes = start.length; ; index++) {
    const part = `"${nameOf(index)}":1`;
    bytes += part.length + 1;
    if (bytes > bodyBytesMax - 10) return `${start}${parts.join(',')}}`;
    parts.push(part);
  }
}

function fill(pattern: string, bytesMax: number): string {
  const times = Math.ceil(bytesMax / Buffer.byteLength(pattern));
  return cut(pattern.repeat(times), bytesMax);
}

/** As a JSON string: escapes make it longer. */
function fillQuoted(text: string, bytesMax: number): string {
  const share = bytesMax / Buffer.byteLength(JSON.stringify(text));
  return JSON.stringify(share < 1 ? text.slice(0, Math.floor(text.length * share)) : text);
}

function cut(text: string, bytesMax: number): string {
  return Buffer.from(text).subarray(0, bytesMax).toString().slice(0, bytesMax);
}
