import { expect, it } from 'vitest';
import { createCloud } from './index.ts';

const s3 = (Resource: string) => ({ Resource: `arn:aws:states:::s3:${Resource}`, Parameters: { Bucket: 'nowhere', Key: 'items.json' } });

it('a distributed Map whose reader and writer both fail ends with what the reader said', async () => {
  const { Key: _key, ...bucket } = s3('putObject').Parameters;
  const Each = {
    Type: 'Map',
    ItemReader: { ...s3('getObject'), ReaderConfig: { InputType: 'JSON' } },
    ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, StartAt: 'Pass', States: { Pass: { Type: 'Pass', End: true } } },
    ResultWriter: { Resource: s3('putObject').Resource, Parameters: bucket },
    End: true,
  };
  const { status, error } = await createCloud({ clock: 'virtual' }).run({ StartAt: 'Each', States: { Each } });
  expect({ status, error }).toEqual({ status: 'FAILED', error: 'States.ItemReaderFailed' });
});
