import { isJsonObject, type Json, type JsonObject } from '@interstate/kernel';
import type { RecordedCall } from './api.ts';

/** Made-up names in params: what stood there is not told. */
const MADE_UP = /zq\d{6}/;
/** Members whose text is JSON; recordings hold them parsed. */
const JSON_MEMBERS: ReadonlySet<string> = new Set(['definition', 'input', 'output']);

/**
 * What the names of a recording stand for in a run of ours. Executions that were started without a name are `execution-<n>`,
 * `activity_arn` is the activity named `activity_name`, and a made-up ARN is one of what was made before: which, is a matter of reading.
 */
export class ApiNames {
  /** How many readings there are, as far as this run has seen. */
  readings = 1;
  private readonly executions = new Map<string, string>();
  private readonly madeUp = new Map<string, string>();
  private readonly versions: string[] = [];
  private readonly revisions: string[] = [];
  private readonly tokens: string[] = [];
  private started = 0;

  constructor(private readonly reading: number) {}

  /** The params as we have to be asked. */
  paramsOf({ op, params }: RecordedCall): JsonObject {
    const asked: Record<string, Json> = {};
    for (const [member, value] of Object.entries(params)) asked[member] = JSON_MEMBERS.has(member) ? this.textOf(op, member, value) : (this.actual(value) as Json);
    const page = asked['nextToken'];
    if (page === 'next-token') asked['nextToken'] = this.tokens.at(-1) ?? 'next-token';
    return asked;
  }

  /** Takes what our answer tells of names. */
  learn({ op, params, response }: RecordedCall, actual: Json): void {
    if (!isJsonObject(actual)) return;
    const { executionArn, stateMachineVersionArn, revisionId, nextToken } = actual;
    if (typeof nextToken === 'string') this.tokens.push(nextToken);
    if (typeof stateMachineVersionArn === 'string' && !this.versions.includes(stateMachineVersionArn)) this.versions.push(stateMachineVersionArn);
    if (typeof revisionId === 'string' && !this.revisions.includes(revisionId)) this.revisions.push(revisionId);
    if (op !== 'StartExecution' || typeof executionArn !== 'string') return;
    const recordedArn = isJsonObject(response) ? response['executionArn'] : undefined;
    const name = typeof recordedArn === 'string' ? recordedArn.slice(recordedArn.lastIndexOf(':') + 1) : `execution-${this.started}`;
    this.started++;
    if (params['name'] === undefined || executionArn.includes(':express:')) this.executions.set(executionArn.includes(':express:') ? 'express' : name, executionArn);
  }

  /** A recorded answer with our names in the place of its own. */
  inRecording(response: Json): Json {
    if (Array.isArray(response)) return response.map((item: Json) => this.inRecording(item));
    if (isJsonObject(response)) return Object.fromEntries(Object.entries(response).map(([key, value]) => [key, this.answered(key, value)]));
    return this.actual(response) as Json;
  }

  private answered(member: string, value: Json): Json {
    if (member === 'name' && typeof value === 'string' && this.executions.has(value)) return nameOf(this.executions.get(value)!);
    return this.inRecording(value);
  }

  private actual(value: Json): Json {
    if (Array.isArray(value)) return value.map((item: Json) => this.actual(item));
    if (isJsonObject(value)) return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, this.actual(member)]));
    if (typeof value !== 'string') return value;
    const express = /ExpressExecArn_/.test(value) ? this.executions.get('express') : undefined;
    if (express !== undefined) return express;
    const execution = /^arn:aws:states:[^:]*:\d+:execution:/.test(value) ? this.executions.get(nameOf(value)) : undefined;
    if (execution !== undefined) return execution;
    if (MADE_UP.test(value) && value.includes('stateMachineVersion/')) return this.read(value, this.versions);
    if (MADE_UP.test(value) && value.startsWith('arn:aws:logs:')) return value.replace(/resource\/zq\d{6}$/, 'log-group:log_group_name:*');
    if (value.startsWith('revisionId-zq')) return this.read(value, this.revisions);
    return value.replace(/activity_arn/g, 'activity_name');
  }

  /** One of the candidates that no other made-up name stands for. */
  private read(madeUp: string, candidates: readonly string[]): string {
    const known = this.madeUp.get(madeUp);
    if (known !== undefined) return known;
    const taken = new Set(this.madeUp.values());
    const free = candidates.filter((candidate) => !taken.has(candidate));
    if (free.length === 0) return madeUp;
    // Later ones first where the reading says so; the first reading takes them in their order.
    const position = this.choose(free.length);
    this.madeUp.set(madeUp, free[position]!);
    return free[position]!;
  }

  /** JSON text of a member; a recorded string may be the text itself, or the value that the text said. */
  private textOf(op: string, member: string, value: Json): Json {
    if (typeof value !== 'string') return JSON.stringify(value);
    return member === 'definition' || op.startsWith('SendTask') || this.choose(2) === 0 ? value : JSON.stringify(value);
  }

  /** Which of so many, in this reading: its digits, in the order in which they are asked for. */
  private choose(count: number): number {
    const digit = Math.floor(this.reading / this.readings) % count;
    this.readings *= count;
    return digit;
  }
}

function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf(':') + 1);
}
