import { SFN, SFNClient } from '@aws-sdk/client-sfn';
import * as commands from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import type { ResponseSchema } from '@interstate/kernel';
import { responseSchemas } from './response-schemas.ts';

const REGION = { region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };

function shown(schema: ResponseSchema | undefined): unknown {
  if (schema?.type !== 'structure') return schema?.type;
  return { required: schema.required, members: Object.fromEntries([...schema.members].map(([name, inner]) => [name, inner().type])) };
}

describe('responseSchemas', () => {
  it.each([
    ['an aggregated client', [new SFN(REGION)]],
    ['a client by name', { sfn: new SFN(REGION) }],
    ['a bare client with its commands', [{ client: new SFNClient(REGION), commands }]],
  ])('reads %s', (_, clients) => {
    const schemas = responseSchemas(clients);
    expect(shown(schemas('sfn', 'startExecution'))).toEqual({ required: ['ExecutionArn', 'StartDate'], members: { ExecutionArn: 'string', StartDate: 'timestamp' } });
    const list = schemas('sfn', 'listExecutions');
    expect(shown(list)).toEqual({ required: ['Executions'], members: { Executions: 'list', NextToken: 'string' } });
  });

  it('knows nothing of others', () => {
    const schemas = responseSchemas([new SFN(REGION)]);
    for (const [service, action] of [['sqs', 'sendMessage'], ['sfn', 'noSuchThing'], ['sfn', 'constructor'], ['sfn', 'toString']] as const) expect(schemas(service, action)).toBeUndefined();
    expect(responseSchemas({ mock: { act: () => ({}) } })('mock', 'act')).toBeUndefined();
  });
});
