import type { ConnectorCall, Json } from '@interstate/kernel';
import { afterEach, describe, expect, it } from 'vitest';
import { createCloud, type Cloud } from './index.ts';

const roleArn = 'arn:aws:iam::123456789012:role/r';
const eventBus = 'arn:aws:events:us-east-1:123456789012:event-bus/elsewhere';
const START = Date.UTC(2026, 0, 1);
const text = (state: object): string => JSON.stringify({ StartAt: 'A', States: { A: state } });

const clouds: Cloud[] = [];
afterEach(() => clouds.splice(0).forEach((cloud) => cloud.close()));

/** A cloud whose event bus is a list; without one, nobody answers at the bus's address. */
function cloudOf(events?: Json[]): Cloud {
  const connector = ({ request }: ConnectorCall): { ok: true; value: Json } => {
    events!.push(request);
    return { ok: true, value: null };
  };
  const cloud = createCloud({ clock: 'virtual', seed: 1, startTime: START, eventBus, ...(events && { adapters: [{ service: 'bus', connectors: { [eventBus]: connector } }] }) });
  cloud.host.events.on('problem', ({ problem }) => expect(problem).toBeUndefined());
  clouds.push(cloud);
  return cloud;
}

const entriesOf = (events: readonly Json[]): { readonly Detail: string; readonly Resources: string[] }[] => events.flatMap((event) => (event as { input: { Entries: never[] } }).input.Entries);
const detailsOf = (events: readonly Json[]): Record<string, Json>[] => entriesOf(events).map(({ Detail }) => JSON.parse(Detail) as Record<string, Json>);

describe('execution status changes', () => {
  it('are told field by field, null where there is nothing to tell', async () => {
    const events: Json[] = [];
    const { sfn, ...cloud } = cloudOf(events);
    const definition = JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Wait', Seconds: 5, Next: 'B' }, B: { Type: 'Fail', Error: 'E', Cause: 'C' } } });
    const { stateMachineArn, stateMachineVersionArn = '' } = await sfn.createStateMachine({ name: 'm', definition, roleArn, publish: true });
    const { stateMachineAliasArn } = await sfn.createStateMachineAlias({ name: 'PROD', routingConfiguration: [{ stateMachineVersionArn, weight: 100 }] });
    const { executionArn } = await sfn.startExecution({ stateMachineArn: stateMachineAliasArn, name: 'e', input: '{"a":1}' });
    await cloud.advance(5000);
    await sfn.redriveExecution({ executionArn });
    const running = {
      executionArn,
      stateMachineArn,
      name: 'e',
      status: 'RUNNING',
      startDate: START,
      stopDate: null,
      input: '{"a":1}',
      output: null,
      stateMachineVersionArn,
      stateMachineAliasArn,
      redriveCount: 0,
      redriveDate: null,
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Execution is RUNNING and cannot be redriven',
      inputDetails: { included: true },
      outputDetails: null,
      error: null,
      cause: null,
    };
    const failed = { ...running, status: 'FAILED', stopDate: START + 5000, redriveStatus: 'REDRIVABLE', redriveStatusReason: null, error: 'E', cause: 'C' };
    const redriven = { redriveCount: 1, redriveDate: START + 5000 };
    expect(detailsOf(events)).toEqual([running, failed, { ...running, ...redriven }, { ...failed, ...redriven }]);
    expect(Object.keys(detailsOf(events)[0]!)).toEqual(Object.keys(running));
    expect(events[1]).toEqual({
      action: 'PutEvents',
      input: { Entries: [{ Source: 'aws.states', DetailType: 'Step Functions Execution Status Change', Detail: JSON.stringify(failed), Resources: [executionArn], Time: START + 5000 }] },
      caller: { service: 'states.amazonaws.com', sourceArn: executionArn, account: '123456789012' },
    });
  });

  it('tell of an output, of a time-out, of a stop; not of Express executions', async () => {
    const events: Json[] = [];
    const { sfn, ...cloud } = cloudOf(events);
    const start = async (name: string, definition: string, type: 'STANDARD' | 'EXPRESS' = 'STANDARD'): Promise<string> =>
      (await sfn.startExecution({ stateMachineArn: (await sfn.createStateMachine({ name, definition, roleArn, type })).stateMachineArn, input: '[1]' })).executionArn;
    await start('passes', text({ Type: 'Pass', End: true }));
    await start('times', text({ Type: 'Wait', Seconds: 5, End: true }).replace('{', '{"TimeoutSeconds":1,'));
    const stopped = await start('stops', text({ Type: 'Wait', Seconds: 5, End: true }));
    await start('express', text({ Type: 'Pass', End: true }), 'EXPRESS');
    await sfn.stopExecution({ executionArn: stopped, error: 'Enough' });
    await cloud.advance(5000);
    expect(detailsOf(events).filter(({ status }) => status !== 'RUNNING')).toMatchObject([
      { status: 'SUCCEEDED', output: '[1]', outputDetails: { included: true }, redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven', error: null },
      { status: 'ABORTED', stopDate: START, error: 'Enough', cause: null, output: null, outputDetails: null },
      { status: 'TIMED_OUT', stopDate: START + 1000, redriveStatus: 'REDRIVABLE' },
    ]);
    expect(events).toHaveLength(6);
  });

  it('leave out data that no event has room for, the input first', async () => {
    const events: Json[] = [];
    const { sfn } = cloudOf(events);
    const { stateMachineArn } = await sfn.createStateMachine({ name: 'm', definition: text({ Type: 'Pass', End: true }), roleArn });
    const included = async (characters: number, character: string): Promise<unknown[]> => {
      events.length = 0;
      await sfn.startExecution({ stateMachineArn, input: JSON.stringify(character.repeat(characters)) });
      return detailsOf(events).map(({ inputDetails, outputDetails, input, output }) => [inputDetails, outputDetails, input !== null, output !== null]);
    };
    const [yes, no] = [{ included: true }, { included: false }];
    expect(await included(100_000, 'x')).toEqual([[yes, null, true, false], [yes, yes, true, true]]);
    expect(await included(130_000, 'x')).toEqual([[yes, null, true, false], [no, yes, false, true]]);
    // Escaped, each of these takes four bytes.
    expect(await included(100_000, '"')).toEqual([[no, null, false, false], [no, no, false, false]]);
  });

  it('go nowhere where nobody answers', async () => {
    const { sfn } = cloudOf();
    const { stateMachineArn } = await sfn.createStateMachine({ name: 'm', definition: text({ Type: 'Pass', End: true }), roleArn });
    const { executionArn } = await sfn.startExecution({ stateMachineArn });
    expect((await sfn.describeExecution({ executionArn })).status).toBe('SUCCEEDED');
  });
});
