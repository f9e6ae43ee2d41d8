/** A distributed Map over the lines of a CSV file in an object store, its results written back to the store. */
import assert from 'node:assert/strict';
import { createCloud, defineStateMachine } from 'interstate';

const priceOrders = defineStateMachine({
  StartAt: 'EachOrder',
  States: {
    EachOrder: {
      Type: 'Map',
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
        Parameters: { Bucket: 'shop', 'Key.$': '$.file' },
      },
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
        StartAt: 'Price',
        States: { Price: { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:price', End: true } },
      },
      MaxConcurrency: 2,
      ToleratedFailurePercentage: 50,
      ResultWriter: { Resource: 'arn:aws:states:::s3:putObject', Parameters: { Bucket: 'shop', Prefix: 'priced' } },
      End: true,
    },
  },
});

const cloud = createCloud({
  clock: 'virtual',
  s3: { buckets: { shop: { 'orders.csv': 'sku,quantity\ntea,3\ncup,1\npot,none\n' } } },
  functions: {
    price: ({ sku, quantity }) => {
      if (Number.isNaN(Number(quantity))) throw new RangeError(`${quantity} is no quantity`);
      return { sku, total: 5 * quantity };
    },
  },
});

const { status, output } = await cloud.run(priceOrders, { file: 'orders.csv' });
assert.equal(status, 'SUCCEEDED');
const { ResultWriterDetails } = output as { ResultWriterDetails: { Bucket: string; Key: string } };
const readJson = async (Key: string) => JSON.parse(await (await cloud.s3.getObject({ Bucket: 'shop', Key })).Body.transformToString());

const manifest = await readJson(ResultWriterDetails.Key);
const succeeded = await readJson(manifest.ResultFiles.SUCCEEDED[0].Key);
const failed = await readJson(manifest.ResultFiles.FAILED[0].Key);
assert.deepEqual(succeeded.map(({ Output }: { Output: string }) => JSON.parse(Output)), [{ sku: 'tea', total: 15 }, { sku: 'cup', total: 5 }]);
assert.deepEqual(failed.map(({ Error }: { Error: string }) => Error), ['RangeError']);
console.log(manifest);
