import { JSONPath } from 'jsonpath-plus';
import { compileJsonPath } from '../src/jsonpath/compile.ts';

const document = {
  a: { b: [{ x: 1 }, { x: 2 }] },
  books: Array.from({ length: 100 }, (_, id) => ({ id, price: id % 20, category: id % 3 === 0 ? 'reference' : 'fiction' })),
};

/** The same path on the same document; the peer's paths are cached by itself. */
function compare(id: string, path: string, count: number) {
  const compiled = compileJsonPath(path);
  let last: unknown;
  return {
    id,
    work: path,
    unit: 'reads/s',
    count,
    ours: () => {
      for (let index = 0; index < count; index++) last = compiled.find(document);
      return void last;
    },
    peer: () => {
      for (let index = 0; index < count; index++) last = JSONPath({ path, json: document, wrap: false, eval: 'safe' });
      return void last;
    },
  };
}

export const benches = [
  compare('jsonpath-reference', '$.a.b[1].x', 5_000),
  compare('jsonpath-wildcard', '$.books[*].id', 500),
  compare('jsonpath-filter', '$.books[?(@.price < 10)]', 50),
];
