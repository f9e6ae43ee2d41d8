import { RecordMap, type ApiRequest, type Effect, type EpochMs, type Json, type JsonObject, type Machine, type Message, type StepContext } from '@interstate/kernel';
import { createOperations, decodePageToken, encodePageToken, ServiceFault, type Kms } from '@interstate/service-kit';
import { assertKeyUsable } from '../kms-key.ts';
import { invalid, PIPES_ERRORS } from './errors.ts';
import { FIXED_PARAMETERS, INPUT_SHAPES } from './input-shapes.ts';
import { PIPE_KIND } from './pipe.ts';
import type { PipeNews, PipeNotice, PipeRecord, PipeState } from './pipe-record.ts';
import { readConfiguration, type Reaches } from './read-configuration.ts';

export const DIRECTORY_KIND = 'pipes:directory';

export interface PipesHome {
  readonly region: string;
  readonly account: string;
}

export function directoryAddress({ region, account }: PipesHome): string {
  return `arn:aws:pipes:${region}:${account}:directory`;
}

export function pipeArn({ region, account }: PipesHome, name: string): string {
  return `arn:aws:pipes:${region}:${account}:pipe/${name}`;
}

interface DirectoryState {
  /** Pipes by name. */
  readonly records: RecordMap;
}

export interface DirectoryOptions {
  readonly maximumPipes: number;
  readonly reaches: Reaches;
  readonly kms: Kms | undefined;
}

class DirectoryContext {
  readonly effects: Effect[] = [];

  constructor(
    readonly home: PipesHome,
    readonly options: DirectoryOptions,
    readonly state: DirectoryState,
    readonly now: EpochMs,
  ) {}

  find(name: string): PipeRecord | undefined {
    return this.state.records.get(name) as unknown as PipeRecord | undefined;
  }

  /** @throws ServiceFault NotFoundException */
  pipe(input: JsonObject): PipeRecord {
    const name = input['Name'] as string;
    const pipe = this.find(name);
    if (!pipe) throw new ServiceFault('NotFoundException', { name });
    return pipe;
  }

  /** A pipe that is not changing already. @throws ServiceFault NotFoundException, ConflictException */
  settled(input: JsonObject): PipeRecord {
    const pipe = this.pipe(input);
    if (!SETTLED.has(pipe.currentState)) throw new ServiceFault('ConflictException', { reason: `Pipe ${pipe.configuration.name} is ${pipe.currentState}.` });
    return pipe;
  }

  write(pipe: PipeRecord): void {
    this.state.records.set(pipe.configuration.name, pipe as unknown as Json);
  }

  /** Puts a change to work: the pipe tells when it is done. */
  change(pipe: PipeRecord, currentState: PipeState, notice: PipeNotice): Json {
    const { stateReason: _, ...known } = pipe;
    const changed: PipeRecord = { ...known, currentState, modifiedAt: this.now };
    this.write(changed);
    const { arn } = changed.configuration;
    if (currentState === 'CREATING') this.effects.push({ type: 'spawn', kind: PIPE_KIND, address: arn, notice: notice as unknown as Json });
    else this.effects.push({ type: 'notice', to: arn, notice: notice as unknown as Json });
    return summary(changed);
  }

  /** @throws ServiceFault ValidationException where the pipe's key cannot be used */
  configure(pipe: PipeRecord, currentState: PipeState): Json {
    assertKeyUsable(this.options.kms, 'KmsKeyIdentifier', pipe.configuration.kmsKey);
    return this.change(pipe, currentState, { type: 'configure', configuration: pipe.configuration, directory: directoryAddress(this.home) });
  }

  /** The pipe whose tags are asked for. @throws ServiceFault NotFoundException */
  tagged(input: JsonObject): PipeRecord {
    const arn = input['resourceArn'] as string;
    const name = arn.slice(arn.indexOf('pipe/') + 5);
    const pipe = this.find(name);
    if (pipe?.configuration.arn !== arn) throw new ServiceFault('NotFoundException', { name: arn });
    return pipe;
  }
}

const SETTLED: ReadonlySet<PipeState> = new Set(['RUNNING', 'STOPPED', 'CREATE_FAILED', 'UPDATE_FAILED', 'START_FAILED']);

function desiredState({ configuration: { running }, currentState }: PipeRecord): string {
  return currentState === 'DELETING' ? 'DELETED' : running ? 'RUNNING' : 'STOPPED';
}

function summary(pipe: PipeRecord): JsonObject {
  const { configuration, currentState, createdAt, modifiedAt } = pipe;
  return { Arn: configuration.arn, Name: configuration.name, DesiredState: desiredState(pipe), CurrentState: currentState, CreationTime: createdAt, LastModifiedTime: modifiedAt };
}

function reasonOf({ stateReason }: PipeRecord): JsonObject {
  return stateReason === undefined ? {} : { StateReason: stateReason };
}

/** @throws ServiceFault ConflictException, ServiceQuotaExceededException, ValidationException */
function createPipe(context: DirectoryContext, input: JsonObject): Json {
  const name = input['Name'] as string;
  if (context.find(name)) throw new ServiceFault('ConflictException', { reason: `Pipe ${name} already exists.` });
  const given = readConfiguration(pipeArn(context.home, name), input, context.options.reaches);
  if (context.state.records.all().size >= context.options.maximumPipes) throw new ServiceFault('ServiceQuotaExceededException', { reason: `There are ${context.options.maximumPipes} pipes at most.` });
  const tags = Object.entries((input['Tags'] ?? {}) as Readonly<Record<string, string>>);
  return context.configure({ ...given, currentState: 'CREATING', createdAt: context.now, modifiedAt: context.now, tags }, 'CREATING');
}

/** Source and name stay. What is not given of the rest has its default, but the state, the target and the source's parameters. @throws ServiceFault ConflictException, NotFoundException, ValidationException */
function updatePipe(context: DirectoryContext, input: JsonObject): Json {
  const pipe = context.settled(input);
  const { configuration, given, createdAt, modifiedAt, currentState, tags } = pipe;
  const { DesiredState = configuration.running ? 'RUNNING' : 'STOPPED', Target = configuration.target } = input;
  const SourceParameters = updatedSource(pipe, input['SourceParameters'] as JsonObject | undefined) ?? given['SourceParameters'] ?? {};
  const read = readConfiguration(configuration.arn, { ...input, Source: configuration.source, DesiredState, Target, SourceParameters }, context.options.reaches);
  return context.configure({ ...read, createdAt, modifiedAt, currentState, tags }, 'UPDATING');
}

/** New parameters of the source, with what stays of the old ones. */
function updatedSource({ configuration: { sourceBlock, sourceParameters } }: PipeRecord, given: JsonObject | undefined): JsonObject | undefined {
  const fixed = Object.fromEntries(Object.entries(sourceParameters).filter(([name]) => FIXED_PARAMETERS.has(name)));
  if (!given || Object.keys(fixed).length === 0) return given;
  return { ...given, [sourceBlock]: { ...(given[sourceBlock] as JsonObject | undefined), ...fixed } };
}

/** @throws ServiceFault ConflictException, NotFoundException */
function startPipe(context: DirectoryContext, input: JsonObject): Json {
  const pipe = context.settled(input);
  return context.configure({ ...pipe, configuration: { ...pipe.configuration, running: true } }, 'STARTING');
}

/** Batches in work are done first. @throws ServiceFault ConflictException, NotFoundException */
function stopPipe(context: DirectoryContext, input: JsonObject): Json {
  const pipe = context.settled(input);
  return context.configure({ ...pipe, configuration: { ...pipe.configuration, running: false } }, 'STOPPING');
}

/** @throws ServiceFault ConflictException, NotFoundException */
function deletePipe(context: DirectoryContext, input: JsonObject): Json {
  return context.change(context.settled(input), 'DELETING', { type: 'delete' });
}

/** @throws ServiceFault NotFoundException */
function describePipe(context: DirectoryContext, input: JsonObject): Json {
  const pipe = context.pipe(input);
  const { configuration, given, tags } = pipe;
  const { source, sourceBlock, sourceParameters, batchSize, windowSeconds, enrichment, target, roleArn } = configuration;
  const block = { ...sourceParameters, BatchSize: batchSize, ...(windowSeconds > 0 && { MaximumBatchingWindowInSeconds: windowSeconds }) };
  return {
    ...summary(pipe),
    ...reasonOf(pipe),
    ...given,
    Source: source,
    SourceParameters: { ...(given['SourceParameters'] as JsonObject | undefined), [sourceBlock]: block },
    ...(enrichment !== null && { Enrichment: enrichment }),
    Target: target,
    RoleArn: roleArn,
    Tags: Object.fromEntries(tags),
  };
}

const PAGE = 100;

/** By name. @throws ServiceFault ValidationException */
function listPipes({ state }: DirectoryContext, input: JsonObject): Json {
  const { NamePrefix = '', SourcePrefix = '', TargetPrefix = '', DesiredState, CurrentState, Limit = PAGE, NextToken } = input as Readonly<Record<string, string>> & { Limit?: number };
  const scope = `pipes ${JSON.stringify([NamePrefix, SourcePrefix, TargetPrefix, DesiredState, CurrentState])}`;
  const last = NextToken === undefined ? '' : decodePageToken(scope, NextToken);
  if (typeof last !== 'string') throw invalid('Invalid NextToken.');
  const matching = ([...state.records.all().values()] as unknown as PipeRecord[]).filter((pipe) => {
    const { name, source, target } = pipe.configuration;
    if (!(name > last && name.startsWith(NamePrefix) && source.startsWith(SourcePrefix) && target.startsWith(TargetPrefix))) return false;
    return (DesiredState === undefined || desiredState(pipe) === DesiredState) && (CurrentState === undefined || pipe.currentState === CurrentState);
  });
  const sorted = matching.sort((a, b) => (a.configuration.name < b.configuration.name ? -1 : 1));
  const Pipes = sorted.slice(0, Limit).map((pipe) => {
    const { source, enrichment, target } = pipe.configuration;
    return { ...summary(pipe), ...reasonOf(pipe), Source: source, ...(enrichment !== null && { Enrichment: enrichment }), Target: target };
  });
  return { Pipes, ...(sorted.length > Limit && { NextToken: encodePageToken(scope, sorted[Limit - 1]!.configuration.name) }) };
}

/** @throws ServiceFault NotFoundException, ValidationException */
function tagResource(context: DirectoryContext, input: JsonObject): Json {
  const pipe = context.tagged(input);
  const tags = new Map([...pipe.tags, ...Object.entries(input['tags'] as Readonly<Record<string, string>>)]);
  if (tags.size > 50) throw invalid('A pipe has 50 tags at most.');
  context.write({ ...pipe, tags: [...tags] });
  return {};
}

/** @throws ServiceFault NotFoundException */
function untagResource(context: DirectoryContext, input: JsonObject): Json {
  const pipe = context.tagged(input);
  const gone = new Set(input['tagKeys'] as readonly string[]);
  context.write({ ...pipe, tags: pipe.tags.filter(([key]) => !gone.has(key)) });
  return {};
}

/** @throws ServiceFault NotFoundException */
function listTagsForResource(context: DirectoryContext, input: JsonObject): Json {
  return { tags: Object.fromEntries(context.tagged(input).tags) };
}

const answer = createOperations<DirectoryContext>({
  shapes: INPUT_SHAPES,
  errors: PIPES_ERRORS,
  actions: {
    CreatePipe: createPipe,
    DeletePipe: deletePipe,
    DescribePipe: describePipe,
    ListPipes: listPipes,
    ListTagsForResource: listTagsForResource,
    StartPipe: startPipe,
    StopPipe: stopPipe,
    TagResource: tagResource,
    UntagResource: untagResource,
    UpdatePipe: updatePipe,
  },
});

/** The directory of Pipes in an account and region: what pipes there are, and what state each is in. */
export function directoryMachine(home: PipesHome, options: DirectoryOptions): Machine<DirectoryState> {
  return {
    kind: DIRECTORY_KIND,
    load: (saved) => ({ records: new RecordMap(saved) }),
    changes: ({ records }) => records.changes(),
    records: ({ records }) => records.all(),
    step(state, message: Message, { now }: StepContext) {
      state.records.begin();
      const context = new DirectoryContext(home, options, state, now);
      if (message.type === 'call') {
        const outcome = answer(context, message.request as unknown as ApiRequest)!;
        context.effects.push({ type: 'reply', to: message.replyTo, outcome });
      } else if (message.type === 'notice') told(context, message.notice as unknown as PipeNews);
      return { effects: context.effects, journal: [] };
    },
  };
}

/** What has failed, by what was being done. */
const FAILED: Readonly<Partial<Record<PipeState, PipeState>>> = { CREATING: 'CREATE_FAILED', UPDATING: 'UPDATE_FAILED', STARTING: 'START_FAILED' };

function told(context: DirectoryContext, { type, name, state, reason }: PipeNews): void {
  const pipe = type === 'pipe' ? context.find(name) : undefined;
  if (!pipe) return;
  if (state === 'DELETED') return context.state.records.delete(name);
  if (pipe.currentState === 'DELETING') return;
  const { stateReason: _, ...known } = pipe;
  context.write({ ...known, currentState: state === 'FAILED' ? (FAILED[pipe.currentState] ?? pipe.currentState) : state, ...(reason !== undefined && { stateReason: reason }) });
}
