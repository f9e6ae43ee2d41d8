import { createProgramLibrary, EXECUTION_KIND, executionMachine, type StateMachineDefinition } from '@interstate/core';
import type { Json, JsonObject, Machine, Outcome, TaskRequest } from '@interstate/kernel';
import { checkMachineContract, createTinyHost, type TinyHost } from '@interstate/kernel/testing';
import { nodeCrypto } from '@interstate/runtime';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACTIVITY_KIND } from './activity.ts';
import { states } from './adapter.ts';
import { DIRECTORY_KIND } from './directory.ts';

const PREFIX = 'arn:aws:states:us-east-1:123456789012';
const ACTIVITY = `${PREFIX}:activity:pack`;
const DIRECTORY = `${PREFIX}:directory`;

const DEFINITIONS: Readonly<Record<string, StateMachineDefinition>> = {
  pass: { StartAt: 'A', States: { A: { Type: 'Pass', End: true } } },
  wait: { StartAt: 'A', States: { A: { Type: 'Wait', Seconds: 30, End: true } } },
  activity: { StartAt: 'A', States: { A: { Type: 'Task', Resource: ACTIVITY, TimeoutSeconds: 90, End: true } } },
  callback: {
    StartAt: 'A',
    States: {
      A: {
        Type: 'Task',
        Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
        Parameters: { QueueUrl: 'https://queue', 'MessageBody.$': '$$.Task.Token' },
        HeartbeatSeconds: 40,
        End: true,
      },
    },
  },
  nested: {
    StartAt: 'A',
    States: {
      A: { Type: 'Task', Resource: 'arn:aws:states:::states:startExecution.sync:2', Parameters: { StateMachineArn: `${PREFIX}:stateMachine:wait`, 'Input.$': '$' }, End: true },
    },
  },
  distributed: {
    StartAt: 'A',
    States: {
      A: {
        Type: 'Map',
        Label: 'Many',
        ItemsPath: '$.items',
        MaxConcurrency: 2,
        ItemBatcher: { MaxItemsPerBatch: 2 },
        ToleratedFailureCount: 2,
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'B',
          States: { B: { Type: 'Choice', Choices: [{ Variable: '$.Items[0]', NumericGreaterThan: 2, Next: 'C' }], Default: 'D' }, C: { Type: 'Fail', Error: 'Big' }, D: { Type: 'Wait', Seconds: 1, End: true } },
        },
        End: true,
      },
    },
  },
};

function machines(): readonly Machine[] {
  const programs = createProgramLibrary();
  // Named by their content, as CreateStateMachine names them.
  for (const definition of Object.values(DEFINITIONS)) {
    programs.add(nodeCrypto.hash('SHA-256', `STANDARD\n${JSON.stringify(definition)}`), definition as unknown as JsonObject);
  }
  return [executionMachine((id) => programs.get(id)), ...states({ region: 'us-east-1', account: '123456789012', programs }).machines];
}

function service(): { host: TinyHost; call: (action: string, input: JsonObject, to?: string) => Outcome | undefined; start: (name: string, input?: Json, execution?: string) => Outcome | undefined } {
  const host = createTinyHost({
    machines,
    crypto: nodeCrypto,
    answer: (request) => ({ outcome: { ok: true, value: (request as unknown as TaskRequest).arguments } }),
    forwards: { 'arn:aws:states:::states:startExecution.sync:2': DIRECTORY },
  });
  host.spawn(DIRECTORY_KIND, DIRECTORY, { type: 'open', seed: [1, 2, 3, 4] });
  const call = (action: string, input: JsonObject, to = DIRECTORY): Outcome | undefined => {
    const id = host.call(to, { action, input });
    host.run();
    return host.replies.get(id);
  };
  call('CreateActivity', { name: 'pack' });
  for (const [name, definition] of Object.entries(DEFINITIONS)) {
    call('CreateStateMachine', { name, definition: JSON.stringify(definition), roleArn: 'arn:aws:iam::123456789012:role/r' });
  }
  return {
    host,
    call,
    start: (name, input = {}, execution) => call('StartExecution', { stateMachineArn: `${PREFIX}:stateMachine:${name}`, input: JSON.stringify(input), ...(execution !== undefined && { name: execution }) }),
  };
}

function expectContract(host: TinyHost): ReadonlySet<string> {
  const kinds = new Set<string>();
  for (const [address, kind] of host.machines) {
    kinds.add(kind);
    const script = host.scriptOf(address);
    checkMachineContract({ machine: () => machines().find((candidate) => candidate.kind === kind)!, script, crypto: nodeCrypto });
  }
  return kinds;
}

describe('the machines of the Step Functions service keep the machine contract', () => {
  it('directory, executions, activities and Map runs, over a scenario of all of them', () => {
    const { host, call, start } = service();
    start('pass');
    start('wait', {}, 'same');
    start('wait', {}, 'same');
    start('nested', { a: 1 });
    start('distributed', { items: [0, 1, 2, 0, 1, 2, 5] });
    for (let task = 0; task < 12; task++) host.call(DIRECTORY, { action: 'StartExecution', input: { stateMachineArn: `${PREFIX}:stateMachine:activity`, input: `${task}` } });
    const polls = Array.from({ length: 13 }, () => host.call(ACTIVITY, { action: 'GetActivityTask', input: { workerName: 'w' } }));
    host.run(60);
    const tokens = polls.map((poll) => host.replies.get(poll)).flatMap((outcome) => (outcome?.ok ? [(outcome.value as JsonObject)['taskToken']] : []));
    expect(tokens.length).toBeGreaterThan(5);
    for (const [index, taskToken] of tokens.entries()) {
      if (taskToken === undefined) continue;
      if (index % 3 === 0) call('SendTaskSuccess', { taskToken, output: '1' });
      else if (index % 3 === 1) call('SendTaskFailure', { taskToken, error: 'E' });
      else call('SendTaskHeartbeat', { taskToken });
    }
    expect(expectContract(host)).toEqual(new Set([DIRECTORY_KIND, ACTIVITY_KIND, EXECUTION_KIND, 'states:mapRun']));
  });

  const name = fc.constantFrom('a', 'b', '', 'x'.repeat(81), '__proto__', 'constructor', 'a b', 'ü');
  const machine = fc.constantFrom(...Object.keys(DEFINITIONS), '__proto__', 'none');
  const text = fc.oneof(fc.json(), fc.constantFrom('', '{', 'null', '{"items":[0,3,1]}', '{"items":[3,3,3,3]}'));
  const request = fc.oneof(
    fc.record({ action: fc.constant('StartExecution'), machine, name: fc.option(name, { nil: undefined }), input: text }),
    fc.record({ action: fc.constant('StopExecution'), which: fc.nat(5) }),
    fc.record({ action: fc.constant('GetActivityTask') }),
    fc.record({ action: fc.constantFrom('SendTaskSuccess', 'SendTaskFailure', 'SendTaskHeartbeat'), which: fc.nat(9), output: text }),
    fc.record({ action: fc.constantFrom('CreateActivity', 'DeleteActivity'), name: fc.oneof(name, fc.constant('pack')) }),
    fc.record({ action: fc.constantFrom('__proto__', 'toString', 'Nonsense') }),
  );

  it('whatever is asked of them, in any order', () => {
    fc.assert(
      fc.property(fc.array(request, { maxLength: 12 }), fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 12, maxLength: 12 }), (requests, steps) => {
        const { host } = service();
        const asked: string[] = [];
        const issued = (): string[] => host.effects.flatMap(([, effect]) => (effect.type === 'notice' && (effect.notice as JsonObject)?.['type'] === 'taskToken' ? [(effect.notice as JsonObject)['token'] as string] : []));
        const executions = (): string[] => [...host.machines].filter(([, kind]) => kind === EXECUTION_KIND).map(([address]) => address);
        requests.forEach((given, index) => {
          const { action } = given;
          const input: Record<string, Json> = {};
          if ('machine' in given) Object.assign(input, { stateMachineArn: `${PREFIX}:stateMachine:${given.machine}`, input: given.input });
          if ('name' in given && given.name !== undefined) input['name'] = given.name;
          if (action === 'DeleteActivity') input['activityArn'] = `${PREFIX}:activity:${(given as { name: string }).name}`;
          if (action === 'StopExecution') input['executionArn'] = executions()[(given as { which: number }).which] ?? 'no arn';
          if ('output' in given) Object.assign(input, { taskToken: issued()[given.which] ?? 'guessed', output: given.output });
          // A worker's poll waits on a housekeeping timer, which alone lets no time pass.
          if (action === 'GetActivityTask') host.call(ACTIVITY, { action, input });
          else asked.push(host.call(DIRECTORY, { action, input }));
          host.run(steps[index]!);
        });
        expect(host.run()).toBe(true);
        for (const id of asked) expect(host.replies.has(id)).toBe(true);
        expectContract(host);
      }),
      { numRuns: 40, seed: 20_260_101 },
    );
  });
});
