import { createRandom, type Json } from '@interstate/kernel';
import { noCrypto } from '@interstate/kernel/testing';
import jsonata from 'jsonata';
import { compileJsonata, type JsonataEnvironment } from '../src/jsonata/compile.ts';

const orders = Array.from({ length: 1_000 }, (_none, index) => ({ id: index, price: (index % 97) + 0.5, qty: (index % 7) + 1 }));
const states = { input: { a: 1, orders } };

const environment: JsonataEnvironment = {
  variable: (name) => (name === 'states' ? states : undefined),
  now: 0,
  crypto: noCrypto,
  random: createRandom([1, 2, 3, 4]),
};

/** The same compiled expression, on both sides, over and over. */
function compare(id: string, text: string, count: number, work = text) {
  const ours = compileJsonata(text);
  const peer = jsonata(text);
  let last: unknown;
  return {
    id,
    work,
    unit: 'evaluations/s',
    floor: 10,
    count,
    ours: () => {
      for (let index = 0; index < count; index++) last = ours.evaluate(environment);
      return void last;
    },
    peer: async () => {
      for (let index = 0; index < count; index++) last = await peer.evaluate(undefined as unknown as Json, { states });
      return void last;
    },
  };
}

export const benches = [
  compare('jsonata-plus', '$states.input.a + 1', 2_000),
  compare('jsonata-map', '$map($states.input.orders, function($order) { $order.price * 2 })', 4, '$map over 1,000 items'),
  compare('jsonata-filter', '$filter($states.input.orders, function($order) { $order.qty > 3 })', 4, '$filter over 1,000 items'),
  compare(
    'jsonata-reduce',
    '$reduce($states.input.orders, function($total, $order) { $total + $order.price }, 0)',
    4,
    '$reduce over 1,000 items',
  ),
  compare('jsonata-sum', '$sum($states.input.orders.(price * qty))', 4, '$sum(orders.(price*qty)) over 1,000 orders'),
  compare('jsonata-map-operator', '$states.input.orders.(price * 2)', 4, 'orders.(price * 2) over 1,000 items'),
  compare('jsonata-filter-operator', '$states.input.orders[qty > 3]', 4, 'orders[qty > 3] over 1,000 items'),
];
