import type { TaskRequest } from '@interstate/kernel';
import { bindingName } from '@interstate/runtime';

/** Narrows what a mock answers for. */
export interface MockScope {
  /** Attempts of the Task, counted from 0: a number, or several. Default: all. */
  readonly attempt?: number | readonly number[];
  /** Index of the item, where the Task runs in a Map: of the innermost Map around it; of the batch, where it is given batches. Default: all. */
  readonly item?: number;
  /** Name of the state machine. Default: any. */
  readonly stateMachine?: string;
}

/** Whether a Task is meant. */
export type TargetTest = (request: TaskRequest) => boolean;

/** The part of a Task that its target names. */
type TargetTask = Pick<TaskRequest, 'resource' | 'stateName' | 'iteration'>;

/** Reads what a mock is for, and how that is narrowed. */
export function targetTest(target: string, { attempt, item, stateMachine }: MockScope = {}): TargetTest {
  const isMeant = taskTest(target);
  const attempts = attempt === undefined ? undefined : new Set(typeof attempt === 'number' ? [attempt] : attempt);
  const machineEnd = stateMachine === undefined ? undefined : `:stateMachine:${stateMachine}`;
  return (request) => {
    if (attempts && !attempts.has(request.retryCount)) return false;
    if (item !== undefined && indexOf(request.iteration.at(-1)) !== item) return false;
    if (machineEnd !== undefined && !request.stateMachineArn.endsWith(machineEnd)) return false;
    return isMeant(request);
  };
}

/**
 * Reads what a mock is for.
 *
 * - a state's name: `ChargeCard`
 * - a path to it through Map states, from the right: `Orders/ChargeCard`, `Orders[2]/ChargeCard`
 * - a resource, with `*` for any run of characters: `lambda:invoke`, `sqs:sendMessage`, `arn:aws:lambda:*:function:charge-card`
 */
export function taskTest(target: string): (task: TargetTask) => boolean {
  if (typeof target !== 'string' || target === '') throw new TypeError(`A mock needs a state name, a path or a resource, but got ${JSON.stringify(target) ?? String(target)}.`);
  return isResource(target) ? resourceTest(target) : pathTest(target);
}

/** State names may hold a colon too; a resource is told by what stands around it. */
function isResource(target: string): boolean {
  return /^(?:arn:|[a-z0-9*-]+:[A-Za-z*]+)/.test(target) && !target.includes(' ');
}

function resourceTest(target: string): (task: TargetTask) => boolean {
  const pattern = new RegExp(`^${target.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`, 's');
  return ({ resource, stateName }) => pattern.test(resource) || pattern.test(bindingName(resource)) || stateName === target;
}

function pathTest(target: string): (task: TargetTask) => boolean {
  const parts = target.split('/');
  const stateName = parts.pop()!;
  return (request) => {
    if (request.stateName === target) return true;
    if (request.stateName !== stateName || parts.length > request.iteration.length) return false;
    const around = parts.length === 0 ? [] : request.iteration.slice(-parts.length);
    return parts.every((part, index) => part === around[index] || part === around[index]!.replace(/\[\d+\]$/, ''));
  };
}

function indexOf(iteration: string | undefined): number | undefined {
  const found = /\[(\d+)\]$/.exec(iteration ?? '');
  return found ? Number(found[1]) : undefined;
}
