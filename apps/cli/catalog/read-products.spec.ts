import { CommandFailed } from '../output.ts';
import { readProducts, type FileLine, type Format } from './read-products.ts';

/** In small pieces, in which characters are cut. */
async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 3) yield bytes.subarray(at, at + 3);
}

async function all(lines: AsyncIterable<FileLine>): Promise<FileLine[]> {
  const found: FileLine[] = [];
  for await (const line of lines) found.push(line);
  return found;
}

function read(text: string | Uint8Array, format: Format): Promise<FileLine[]> {
  return all(readProducts(pieces(typeof text === 'string' ? Buffer.from(text) : text), format));
}

describe('a file of products', () => {
  it('is CSV with a header, in UTF-8, with or without a byte order mark and CRLF', async () => {
    const text = '\ufeffname,price,description\r\n耳機,1299,"two\r\nlines, ""quoted"""\r\n\r\nLamp,5,\r\n';
    const [first, second] = await read(text, 'csv');
    expect(first).toMatchObject({ product: { name: '耳機', price: 1299, description: 'two\r\nlines, "quoted"' } });
    expect(second).toMatchObject({ product: { name: 'Lamp', price: 5 } });
    expect(await read('name,price\nLamp,5', 'csv')).toEqual([{ line: 2, product: { name: 'Lamp', price: 5 } }]);
  });

  it('names the line of a row that has other cells than the header', async () => {
    expect(await read('name,price\nLamp,5\nLamp\nLamp,5,6\n', 'csv')).toEqual([
      { line: 2, product: { name: 'Lamp', price: 5 } },
      { line: 3, fault: 'has 1 cells, and the header has 2' },
      { line: 4, fault: 'has 3 cells, and the header has 2' },
    ]);
  });

  it('is rejected with an unknown column, a column twice, or a quote without an end', async () => {
    await expect(read('name,colour\n', 'csv')).rejects.toThrow('unknown columns: colour');
    await expect(read('name,name\n', 'csv')).rejects.toThrow('given twice');
    await expect(read('name\n"Lamp\n', 'csv')).rejects.toThrow(CommandFailed);
  });

  it('is NDJSON, whose bad lines are named', async () => {
    expect(await read('{"name":"耳機"}\r\n\n[1]\n{"name"\n{"sku":null}', 'ndjson')).toEqual([
      { line: 1, product: { name: '耳機' } },
      { line: 3, fault: 'is not a JSON object' },
      { line: 4, fault: 'is not JSON' },
      { line: 5, product: { sku: null } },
    ]);
  });

  it('is rejected if it is not UTF-8, or a line has no end', async () => {
    await expect(read(Buffer.from([0x7b, 0xff, 0x0a]), 'ndjson')).rejects.toThrow('not UTF-8');
    const endless = async function* (): AsyncGenerator<Uint8Array> {
      for (;;) yield Buffer.alloc(100_000, 'a');
    };
    for (const format of ['csv', 'ndjson'] as const)
      await expect(all(readProducts(endless(), format))).rejects.toThrow(CommandFailed);
  });
});
