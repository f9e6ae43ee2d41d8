import type { Action } from '../action.ts';
import { assertMapRun } from '../map-run/registry.ts';

/** Implements DescribeMapRun; the Map run answers. Errors: InvalidArn, ResourceNotFound. */
export const describeMapRun: Action = (context, input) => {
  const { mapRunArn } = input;
  assertMapRun(context.state, mapRunArn);
  return context.forward(mapRunArn, { action: 'DescribeMapRun', input });
};
