/** Parallel and Map with JSONata: what comes in, what is kept in variables, what goes out. */
import assert from 'node:assert/strict';
import { createCloud, defineStateMachine } from 'interstate';

const report = defineStateMachine({
  QueryLanguage: 'JSONata',
  StartAt: 'Gather',
  States: {
    Gather: {
      Type: 'Parallel',
      Arguments: '{% $states.input.orders %}',
      Branches: [
        {
          StartAt: 'TotalOfEach',
          States: {
            TotalOfEach: {
              Type: 'Map',
              Items: '{% $states.input %}',
              ItemSelector: { number: '{% $states.context.Map.Item.Index + 1 %}', order: '{% $states.context.Map.Item.Value %}' },
              ItemProcessor: {
                StartAt: 'Total',
                States: { Total: { Type: 'Pass', Output: '{% $states.input.number & ": " & $sum($states.input.order.lines.(price * quantity)) %}', End: true } },
              },
              End: true,
            },
          },
        },
        { StartAt: 'Customers', States: { Customers: { Type: 'Pass', Output: '{% $distinct($states.input.customer) %}', End: true } } },
      ],
      Assign: { customers: '{% $count($states.result[1]) %}' },
      Output: { totals: '{% $states.result[0] %}' },
      Next: 'Many?',
    },
    'Many?': { Type: 'Choice', Choices: [{ Condition: '{% $customers > 1 %}', Next: 'Report' }], Default: 'Nothing' },
    Report: { Type: 'Pass', Output: { customers: '{% $customers %}', totals: '{% $states.input.totals %}' }, End: true },
    Nothing: { Type: 'Fail', Error: 'TooFew', Cause: "{% 'only ' & $string($customers) & ' customer' %}" },
  },
});

const orders = [
  { customer: 'Ada', lines: [{ price: 2, quantity: 3 }, { price: 1.5, quantity: 2 }] },
  { customer: 'Bob', lines: [{ price: 10, quantity: 1 }] },
  { customer: 'Ada', lines: [{ price: 4, quantity: 4 }] },
];
const cloud = createCloud({ clock: 'virtual' });

assert.deepEqual((await cloud.run(report, { orders })).output, { customers: 2, totals: ['1: 9', '2: 10', '3: 16'] });
assert.equal((await cloud.run(report, { orders: orders.slice(0, 1) })).cause, 'only 1 customer');
console.log('data flowed');
