import type { Adapter, Machine } from '@interstate/kernel';
import { activityMachine } from './activity.ts';
import { directoryMachine } from './directory.ts';
import { directoryAddress } from './directory-state.ts';
import { mapRunMachine } from './map-run/map-run.ts';
import { TASK_RESOURCES } from './tasks.ts';
import type { ProgramLibrary } from '@interstate/core';

export interface StatesOptions {
  readonly region: string;
  readonly account: string;
  /** The library executions take their programs from. */
  readonly programs: ProgramLibrary;
}

/** The Step Functions service: its machines, and the Task resources its directory answers. */
export interface StatesAdapter extends Adapter {
  readonly service: 'states';
  readonly machines: readonly Machine[];
  /** Where the directory lives; spawn it there with `{ type: 'open', seed }`. */
  readonly directory: string;
}

export function states({ region, account, programs }: StatesOptions): StatesAdapter {
  const directory = directoryAddress(region, account);
  return {
    service: 'states',
    machines: [directoryMachine(directory, region, account), activityMachine(), mapRunMachine((id) => programs.get(id))] as readonly Machine[],
    directory,
    forwards: TASK_RESOURCES.map((resource) => ({ resource, to: directory })),
  };
}
