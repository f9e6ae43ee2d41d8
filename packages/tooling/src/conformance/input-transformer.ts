import { compileTargetInput, payloadText, type InputOptions } from '@interstate/eventbridge';
import { isJsonEqual, type Json, type JsonObject } from '@interstate/kernel';
import { shown } from '@interstate/testing/internal';
import { readCases } from './folder.ts';
import { runChecks, type Suite } from './suite.ts';

interface Row {
  readonly id: string;
  readonly event: JsonObject;
  readonly target: InputOptions & { readonly Id?: string };
  /** The default bus, where it does not say. */
  readonly rule?: { readonly bus?: string; readonly name: string };
  readonly expected: { readonly json?: Json; readonly text?: string; readonly dropped?: true; readonly putTargetsError?: { readonly message: string } };
}

/** When the events of the cases came; their texts hold `{ingestion-time}` for it. */
const INGESTION_TIME = Date.UTC(2024, 4, 1, 10, 0, 1);

/** What AWS sent to targets by their Input, InputPath or InputTransformer: the text, the JSON, nothing, or why PutTargets refused it. */
export const inputTransformer: Suite = {
  id: 'input-transformer',
  run(folder, options) {
    const rows = readCases<Row[]>(folder, 'messaging', 'eventbridge-input-transformer.json');
    return rows && runChecks('input-transformer', rows.map((row) => ({ id: row.id, rule: ruleOf(row.target), check: () => checkRow(row) })), options);
  },
};

function ruleOf({ InputPath, InputTransformer }: InputOptions): string {
  return InputTransformer ? 'InputTransformer' : InputPath === undefined ? 'Input' : 'InputPath';
}

function checkRow({ event, target, rule, expected }: Row): string | undefined {
  const input = compileTargetInput(target, target.Id ?? 'T1');
  const { json, text, dropped, putTargetsError } = expected;
  if (typeof input === 'string') return input === putTargetsError?.message ? undefined : `refused: ${input}`;
  if (putTargetsError) return `expected the refusal ${shown(putTargetsError.message)}`;
  const { bus, name: ruleName = 'rule' } = rule ?? {};
  const ruleArn = `arn:aws:events:${event['region'] as string}:${event['account'] as string}:rule/${bus === undefined ? '' : `${bus}/`}${ruleName}`;
  const payload = input(event, { ruleArn, ruleName, ingestionTime: INGESTION_TIME });
  if (!payload || dropped) return payload === undefined && dropped ? undefined : `expected ${shown(expected)}, got ${shown(payload)}`;
  const sent = payloadText(payload);
  const isSame = text === undefined ? isJsonEqual(JSON.parse(sent) as Json, json) : sent === text.replace('{ingestion-time}', new Date(INGESTION_TIME).toISOString());
  return isSame ? undefined : `expected ${shown(text ?? json)}, got ${shown(sent)}`;
}
