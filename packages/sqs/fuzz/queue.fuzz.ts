import { cutProperty } from '../test/cut-property.ts';
import { queueProperty } from '../test/queue-property.ts';

/** What holds for every queue, whatever is done with it; its own tests try it too. */
export const properties = [
  { name: 'a queue does what its model says', property: queueProperty },
  { name: 'a queue does the same whether or not it leaves memory', property: cutProperty },
];
