import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Connector, Json, JsonObject, ResultRecord, ResultStatus, WriterConfig } from '@interstate/kernel';
import { contentText } from '../object-content.ts';
import { memoryStore } from '../store/memory-store.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { resultWriter } from './result-writer.ts';
import { shapeResults } from './shape-results.ts';

const ARN = 'arn:aws:states:us-east-1:111111111111:mapRun:machine/Label:6d1a2f3b-0000-4000-8000-000000000001';
const FOLDER = 'jobs/6d1a2f3b-0000-4000-8000-000000000001/';

const succeeded = (output: Json, index = 0): ResultRecord => ({ ExecutionArn: `arn:${index}`, Name: `n${index}`, Output: JSON.stringify(output), Status: 'SUCCEEDED' });
const failed: ResultRecord = { ExecutionArn: 'arn:f', Error: 'Boom', Cause: 'é', Status: 'FAILED' };

async function open(): Promise<ObjectStore> {
  const store = memoryStore();
  await store.createBucket('out', 0);
  return store;
}

async function ask(write: Connector, request: JsonObject): Promise<JsonObject> {
  const outcome = await write({ to: 'arn:aws:test', from: 'run', callId: 'c', request, now: 5_000, signal: new AbortController().signal, progress: () => undefined, release: () => undefined });
  if (!outcome.ok) throw new Error(outcome.error.Cause, { cause: outcome.error.Error });
  return outcome.value as JsonObject;
}

const requestOf = (config: WriterConfig | undefined, rest: JsonObject): JsonObject => ({
  action: 'write',
  writer: { Resource: 'arn:aws:states:::s3:putObject', Parameters: { Bucket: 'out', Prefix: 'jobs' }, ...(config === undefined ? {} : { WriterConfig: config as JsonObject }) },
  mapRunArn: ARN,
  ...rest,
});

async function append(write: Connector, part: ResultStatus, position: Json, records: readonly ResultRecord[], config?: WriterConfig): Promise<Json> {
  return (await ask(write, requestOf(config, { part, position, records })))['position']!;
}

const finish = (write: Connector, positions: JsonObject, config?: WriterConfig): Promise<JsonObject> => ask(write, requestOf(config, { part: 'MANIFEST', positions }));

async function readFiles(store: ObjectStore): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const { key, size } of await store.list('out', { prefix: '', after: '', limit: 1_000 })) {
    files[key.replace(FOLDER, '')] = contentText(await store.read('out', key, 0, size));
  }
  return files;
}

describe('the result writer', () => {
  it('appends records and ends with a manifest', async () => {
    const store = await open();
    const write = resultWriter(store);
    let position = await append(write, 'SUCCEEDED', null, [succeeded(1, 1), succeeded(2, 2)]);
    expect(JSON.parse((await readFiles(store))['SUCCEEDED_0.json']!)).toEqual([succeeded(1, 1), succeeded(2, 2)]);
    position = await append(write, 'SUCCEEDED', position, [succeeded(3, 3)]);
    const failures = await append(write, 'FAILED', null, [failed]);
    const details = await finish(write, { SUCCEEDED: position, FAILED: failures, PENDING: null });
    expect(details).toEqual({ Bucket: 'out', Key: `${FOLDER}manifest.json` });

    const files = await readFiles(store);
    expect(Object.keys(files)).toEqual(['FAILED_0.json', 'SUCCEEDED_0.json', 'manifest.json']);
    expect(JSON.parse(files['SUCCEEDED_0.json']!)).toEqual([succeeded(1, 1), succeeded(2, 2), succeeded(3, 3)]);
    expect(JSON.parse(files['manifest.json']!)).toEqual({
      DestinationBucket: 'out',
      MapRunArn: ARN,
      ResultFiles: {
        FAILED: [{ Key: `${FOLDER}FAILED_0.json`, Size: Buffer.byteLength(files['FAILED_0.json']!) }],
        PENDING: [],
        SUCCEEDED: [{ Key: `${FOLDER}SUCCEEDED_0.json`, Size: Buffer.byteLength(files['SUCCEEDED_0.json']!) }],
      },
    });
  });

  it.each<[WriterConfig | undefined, Json]>([
    [undefined, [succeeded([1, 2]), succeeded('x')]],
    [{ Transformation: 'NONE' }, [succeeded([1, 2]), succeeded('x')]],
    [{ Transformation: 'COMPACT' }, [[1, 2], 'x']],
    [{ Transformation: 'FLATTEN' }, [1, 2, 'x']],
  ])('shapes records by %j', async (config, then) => {
    const store = await open();
    await append(resultWriter(store), 'SUCCEEDED', null, [succeeded([1, 2]), succeeded('x')], config);
    expect(JSON.parse((await readFiles(store))['SUCCEEDED_0.json']!)).toEqual(then);
  });

  it('leaves failures as they are, and writes JSON Lines', async () => {
    const store = await open();
    const config: WriterConfig = { Transformation: 'FLATTEN', OutputType: 'JSONL' };
    const write = resultWriter(store);
    await append(write, 'FAILED', null, [failed], config);
    await append(write, 'SUCCEEDED', await append(write, 'SUCCEEDED', null, [succeeded([1, { a: 2 }])], config), [succeeded([]), succeeded(3)], config);
    expect(await readFiles(store)).toEqual({ 'FAILED_0.jsonl': `${JSON.stringify(failed)}\n`, 'SUCCEEDED_0.jsonl': '1\n{"a":2}\n3\n' });
  });

  it('writes no file for no records', async () => {
    const store = await open();
    const write = resultWriter(store);
    const position = await append(write, 'SUCCEEDED', null, []);
    await finish(write, { SUCCEEDED: position });
    expect(Object.keys(await readFiles(store))).toEqual(['manifest.json']);
  });

  it('begins another file where one would grow too large', async () => {
    const store = await open();
    const write = resultWriter(store, 60);
    let position: Json = null;
    for (let index = 0; index < 10; index++) position = await append(write, 'SUCCEEDED', position, [succeeded(`result ${index}`)], { Transformation: 'COMPACT' });
    await finish(write, { SUCCEEDED: position }, { Transformation: 'COMPACT' });
    const { 'manifest.json': manifest, ...files } = await readFiles(store);
    expect(Object.values(files).every((text) => text.length <= 60)).toBe(true);
    expect(Object.values(files).flatMap((text) => JSON.parse(text) as Json[])).toEqual(Array.from({ length: 10 }, (_, index) => `result ${index}`));
    expect((JSON.parse(manifest!) as { ResultFiles: { SUCCEEDED: Json[] } }).ResultFiles.SUCCEEDED).toHaveLength(Object.keys(files).length);
  });

  it('fails as States.ResultWriterFailed', async () => {
    const write = resultWriter(memoryStore());
    await expect(append(write, 'SUCCEEDED', null, [failed])).rejects.toMatchObject({ cause: 'States.ResultWriterFailed', message: expect.stringMatching(/^The specified bucket does not exist \(Service: Amazon S3; /) as string });
    const store = await open();
    const position = await append(resultWriter(store), 'SUCCEEDED', null, [failed]);
    await store.delete('out', `${FOLDER}SUCCEEDED_0.json`);
    await expect(append(resultWriter(store), 'SUCCEEDED', position, [failed])).rejects.toThrow(/has been cut off or deleted/);
    await expect(finish(resultWriter(store), { SUCCEEDED: position })).rejects.toThrow(/has been cut off or deleted/);
  });

  it('does not take the beginning of another result for its own', async () => {
    const store = await open();
    const config: WriterConfig = { Transformation: 'COMPACT' };
    await append(resultWriter(store), 'SUCCEEDED', null, [succeeded(12)], config);
    await append(resultWriter(store), 'SUCCEEDED', null, [succeeded(1)], config);
    expect(await readFiles(store)).toEqual({ 'SUCCEEDED_0.json': '[1]' });
  });

  it('gives the same files however often calls come, late repetitions and steps back included', async () => {
    const outputs = fc.array(fc.oneof(fc.integer(), fc.string(), fc.array(fc.integer(), { maxLength: 3 })), { maxLength: 4 });
    const config = fc.record({ Transformation: fc.constantFrom('NONE', 'COMPACT', 'FLATTEN'), OutputType: fc.constantFrom('JSON', 'JSONL') });
    await fc.assert(
      fc.asyncProperty(fc.array(outputs, { minLength: 1, maxLength: 6 }), config, fc.integer({ min: 20, max: 300 }), fc.infiniteStream(fc.nat(5)), async (chunks, given, size, picks) => {
        const writerConfig = given as WriterConfig;
        const once = await open();
        const often = await open();
        const calls: { readonly position: Json; readonly records: ResultRecord[] }[] = [];
        let position: Json = null;
        for (const chunk of chunks) {
          const records = chunk.map((output, index) => succeeded(output, index));
          calls.push({ position, records });
          const expected = await append(resultWriter(once, size), 'SUCCEEDED', position, records, writerConfig);
          expect(await append(resultWriter(often, size), 'SUCCEEDED', position, records, writerConfig)).toEqual(expected);
          // A call of long ago comes again, as does the last one.
          const late = calls[picks.next().value % calls.length]!;
          await append(resultWriter(often, size), 'SUCCEEDED', late.position, late.records, writerConfig);
          expect(await append(resultWriter(often, size), 'SUCCEEDED', position, records, writerConfig)).toEqual(expected);
          expect(await readFiles(often)).toEqual(await readFiles(once));
          position = expected;
        }
        // The run goes on from an older checkpoint and gets other results.
        const back = calls[picks.next().value % calls.length]!;
        const other = [succeeded('something else')];
        const positions = { SUCCEEDED: await append(resultWriter(often, size), 'SUCCEEDED', back.position, other, writerConfig) };
        await finish(resultWriter(often, size), positions, writerConfig);
        await finish(resultWriter(often, size), positions, writerConfig);

        const fresh = await open();
        let end: Json = null;
        for (const call of calls.slice(0, calls.indexOf(back))) end = await append(resultWriter(fresh, size), 'SUCCEEDED', end, call.records, writerConfig);
        end = await append(resultWriter(fresh, size), 'SUCCEEDED', end, other, writerConfig);
        await finish(resultWriter(fresh, size), { SUCCEEDED: end }, writerConfig);
        expect(await readFiles(often)).toEqual(await readFiles(fresh));
      }),
    );
  });
});

describe('results that stay in the state', () => {
  const records = [succeeded([1, 2]), failed, succeeded('x')];
  it.each<[WriterConfig | undefined, Json]>([
    [undefined, [[1, 2], failed, 'x']],
    [{ Transformation: 'COMPACT' }, [[1, 2], failed, 'x']],
    [{ Transformation: 'FLATTEN' }, [1, 2, failed, 'x']],
    [{ Transformation: 'NONE' }, records],
    [{ Transformation: 'FLATTEN', OutputType: 'JSONL' }, `1\n2\n${JSON.stringify(failed)}\n"x"\n`],
  ])('are shaped by %j', (config, then) => {
    expect(shapeResults(records, config)).toEqual(then);
  });
});
