import { bench, describe } from 'vitest';
import { compileJsonPath } from '../src/jsonpath/compile.ts';

const document = {
  a: { b: [{ x: 1 }, { x: 2 }], c: { d: { e: 5 } }, name: 'n' },
  book: Array.from({ length: 100 }, (_, id) => ({ id, price: id % 20, category: id % 3 === 0 ? 'ref' : 'fiction' })),
};

describe('find', () => {
  for (const text of [
    '$',
    '$.a',
    '$.a.name',
    '$.a.c.d',
    '$.a.c.d.e',
    '$.a.b[0].x',
    '$.a.missing',
    '$.book[*].price',
    '$..price',
    '$.book[?(@.price < 10)].id',
    "$.book[?(@.price < 10 && @.category == 'fiction')]",
    '$.book.length()',
  ]) {
    const path = compileJsonPath(text);
    bench(
      text,
      () => {
        path.find(document);
      },
      { time: 100 },
    );
  }
});

describe('compile', () => {
  bench('$.a.b[0].x', () => {
    compileJsonPath('$.a.b[0].x');
  });
  bench('$.book[?(@.price < 10)].id', () => {
    compileJsonPath('$.book[?(@.price < 10)].id');
  });
});
