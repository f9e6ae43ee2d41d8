import { queueProperty } from '../test/queue-property.ts';

/** What holds for every queue, whatever is done with it; its own tests try it too. */
export const properties = [{ name: 'a queue does what its model says', property: queueProperty }];
