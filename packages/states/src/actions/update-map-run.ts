import type { Action } from '../action.ts';
import { assertMapRun } from '../map-run/registry.ts';

/** Implements UpdateMapRun; the Map run answers. Errors: InvalidArn, ResourceNotFound, ValidationException once the run has ended. */
export const updateMapRun: Action = (context, input) => {
  const { mapRunArn } = input;
  assertMapRun(context.state, mapRunArn);
  return context.forward(mapRunArn, { action: 'UpdateMapRun', input });
};
