import type { Json, JsonObject } from '@interstate/kernel';

type Language = 'JSONPath' | 'JSONata';

export type PlannedOutcome = { readonly value: Json; readonly afterMs: number } | { readonly error: string; readonly afterMs: number } | { readonly never: true };

interface PlannedRetry {
  readonly error: string;
  readonly interval: number;
  readonly attempts: number;
  readonly rate: number;
  readonly maxDelay: number | undefined;
  readonly jitter: boolean;
}

interface Recovery {
  readonly retry: readonly PlannedRetry[];
  readonly catching: { readonly error: string; readonly assign: boolean } | undefined;
}

/** A state to write, or a loop of some; `how` picks among ways to write it. */
export type Plan =
  | { readonly type: 'Pass'; readonly language: Language; readonly how: number; readonly value: Json }
  | ({
      readonly type: 'Task';
      readonly language: Language;
      readonly resource: 'function' | 'service' | 'callback';
      readonly outcomes: readonly PlannedOutcome[];
      readonly timeout: number | undefined;
      readonly heartbeat: boolean;
      readonly how: number;
    } & Recovery)
  | { readonly type: 'Wait'; readonly language: Language; readonly how: number; readonly seconds: number }
  | { readonly type: 'Fail'; readonly language: Language; readonly how: number; readonly unlikely: number }
  | { readonly type: 'Succeed'; readonly language: Language; readonly unlikely: number }
  | { readonly type: 'Choice'; readonly language: Language; readonly how: number; readonly value: Json }
  | { readonly type: 'Loop'; readonly language: Language; readonly times: number; readonly variable: boolean; readonly body: readonly Plan[] }
  | ({ readonly type: 'Parallel'; readonly language: Language; readonly branches: readonly (readonly Plan[])[] } & Recovery)
  | ({
      readonly type: 'Map';
      readonly language: Language;
      readonly items: readonly Json[];
      readonly concurrency: number;
      readonly selector: boolean;
      readonly distributed: boolean;
      readonly tolerated: number | undefined;
      readonly processor: readonly Plan[];
    } & Recovery);

export interface MachinePlan {
  readonly root: Language;
  readonly group: readonly Plan[];
  readonly timeoutSeconds: number | undefined;
  readonly input: JsonObject;
}

export interface GeneratedMachine {
  readonly definition: JsonObject;
  readonly input: JsonObject;
  /** What each attempt of a Task comes to, by state name; the last one holds for all later attempts. */
  readonly tasks: Readonly<Record<string, readonly PlannedOutcome[]>>;
}

interface WrittenState {
  [field: string]: Json;
}

interface Writing {
  readonly root: Language;
  readonly tasks: Record<string, readonly PlannedOutcome[]>;
  number: number;
}

/** Writes a plan as a valid definition. State data stays an object whose `out` is what the last state made. */
export function machineWriter({ root, group, timeoutSeconds, input }: MachinePlan): GeneratedMachine {
  const writing: Writing = { root, tasks: {}, number: 0 };
  const definition = {
    ...(root === 'JSONata' && { QueryLanguage: root }),
    ...(timeoutSeconds !== undefined && { TimeoutSeconds: timeoutSeconds }),
    ...writeGroup(writing, group),
  };
  return { definition, input, tasks: writing.tasks };
}

function writeGroup(writing: Writing, plans: readonly Plan[]): { StartAt: string; States: Record<string, JsonObject> } {
  const states: Record<string, JsonObject> = {};
  let next: string | undefined;
  for (const plan of [...plans].reverse()) next = writeState(writing, states, plan, next);
  return { StartAt: next!, States: states };
}

/** Writes one state (a loop: some) before `next`, and gives back its name. */
function writeState(writing: Writing, states: Record<string, JsonObject>, plan: Plan, next: string | undefined): string {
  const number = ++writing.number;
  const name = `${plan.type}${number}`;
  const language = writing.root === 'JSONata' ? 'JSONata' : plan.language;
  const jsonata = language === 'JSONata';
  const common = (type: string): WrittenState => ({ Type: type, ...(jsonata && writing.root === 'JSONPath' && { QueryLanguage: language }) });
  const onward: WrittenState = next === undefined ? { End: true } : { Next: next };
  /** Keeps the state's data an object: the result goes to `out`. */
  const merged = (expression: string): WrittenState =>
    jsonata ? { Output: `{% $merge([$states.input, {'out': ${expression}}]) %}` } : { ResultPath: '$.out' };

  switch (plan.type) {
    case 'Pass':
      states[name] = { ...common('Pass'), ...(jsonata ? jsonataPass(plan, number) : jsonPathPass(plan, number)), ...onward };
      return name;
    case 'Task': {
      const timeout: WrittenState = plan.timeout === undefined ? {} : { TimeoutSeconds: plan.timeout, ...(plan.heartbeat && { HeartbeatSeconds: 1 }) };
      // A Task that is never answered must have a bound, or the run would not end.
      writing.tasks[name] = plan.timeout === undefined ? plan.outcomes.filter((outcome) => !('never' in outcome)) : plan.outcomes;
      states[name] = {
        ...common('Task'),
        ...taskFields(plan, jsonata),
        ...timeout,
        ...merged('$states.result'),
        ...(plan.how === 1 && { Assign: jsonata ? { [`v${number}`]: '{% $states.result %}' } : { [`v${number}.$`]: '$' } }),
        ...recovery(plan, jsonata, number, next, states),
        ...onward,
      };
      return name;
    }
    case 'Wait':
      states[name] = { ...common('Wait'), ...waitFields(plan, jsonata), ...onward };
      return name;
    case 'Succeed':
    case 'Fail': {
      // A state that ends its group stands at the end of it, or behind a Choice that may pass it by.
      const ending: WrittenState =
        plan.type === 'Succeed' ? common('Succeed') : { ...common('Fail'), ...(plan.how > 0 && { Error: 'Custom' }), ...(plan.how > 1 && { Cause: 'as planned' }) };
      states[name] = ending;
      if (next === undefined && plan.unlikely > 0) return name;
      return writeChoice(states, `Before${number}`, common('Choice'), jsonata, { path: '$.n', expression: '$states.input.n', above: plan.unlikely + 1 }, name, next ?? name);
    }
    case 'Choice': {
      const target = next ?? writeEnd(states, number);
      if (plan.how === 0) return writeChoice(states, name, common('Choice'), jsonata, { path: '$.n', expression: '$states.input.n', above: 2 }, target, target);
      const rules: WrittenState[] = jsonata
        ? [{ Condition: `{% $states.input.out = ${jsonataLiteral(plan.value)} %}`, Next: target, Assign: { [`v${number}`]: 1 } }, { Condition: `{% $exists($states.input.s) %}`, Next: target }]
        : [
            { And: [{ Variable: '$.out', IsPresent: true }, { Variable: '$.out', StringMatches: '*a*' }], Next: target },
            { Or: [{ Variable: '$.s', IsNull: true }, { Not: { Variable: '$.n', NumericGreaterThanPath: '$.n' } }], Next: target, Assign: { [`v${number}.$`]: '$.n' } },
          ];
      states[name] = { ...common('Choice'), Choices: rules, ...(plan.how !== 3 && { Default: target }) };
      return name;
    }
    case 'Loop':
      return writeLoop(writing, states, plan, number, jsonata, common, next);
    case 'Parallel':
      states[name] = {
        ...common('Parallel'),
        Branches: plan.branches.map((branch) => writeGroup(writing, branch)),
        ...merged('$states.result'),
        ...recovery(plan, jsonata, number, next, states),
        ...onward,
      };
      return name;
    case 'Map':
      states[name] = { ...common('Map'), ...mapFields(writing, plan, jsonata, number), ...merged('$states.result'), ...recovery(plan, jsonata, number, next, states), ...onward };
      return name;
    default:
      return plan satisfies never;
  }
}

function jsonPathPass({ how, value }: Extract<Plan, { type: 'Pass' }>, number: number): WrittenState {
  switch (how) {
    case 0:
      return {};
    case 1:
      return { Result: value, ResultPath: '$.out' };
    case 2:
      return { Parameters: { 'again.$': '$.s', 'id.$': '$$.Execution.Name', literal: value }, ResultPath: '$.out' };
    case 3:
      return { Parameters: { 'text.$': "States.Format('{}-{}', $.n, States.UUID())", 'random.$': 'States.MathRandom(1, 1000)' }, ResultPath: '$.out' };
    case 4:
      return { Assign: { [`v${number}.$`]: '$.n', [`w${number}`]: value } };
    default:
      return { Parameters: { 'sum.$': 'States.MathAdd($.n, 1)', 'missing.$': '$.items[0]' }, ResultPath: '$.out' };
  }
}

function jsonataPass({ how, value }: Extract<Plan, { type: 'Pass' }>, number: number): WrittenState {
  const keep = (expression: string): WrittenState => ({ Output: `{% $merge([$states.input, {'out': ${expression}}]) %}` });
  switch (how) {
    case 0:
      return {};
    case 1:
      return keep(jsonataLiteral(value));
    case 2:
      return keep("[$states.input.s, $states.context.Execution.Name]");
    case 3:
      return keep('{"id": $uuid(), "random": $random(), "now": $now()}');
    case 4:
      return { Assign: { [`v${number}`]: '{% $states.input.n %}', [`w${number}`]: value } };
    default:
      return keep('$sum($states.input.items)');
  }
}

function taskFields({ resource, how }: Extract<Plan, { type: 'Task' }>, jsonata: boolean): WrittenState {
  const argument = (fields: WrittenState, dynamic: WrittenState): WrittenState => (jsonata ? { Arguments: { ...fields, ...dynamic } } : { Parameters: { ...fields, ...dynamic } });
  if (resource === 'function') {
    return { Resource: 'arn:aws:lambda:us-east-1:123456789012:function:work', ...(how === 2 && (jsonata ? { Arguments: { n: '{% $states.input.n %}' } } : { Parameters: { 'n.$': '$.n' } })) };
  }
  if (resource === 'service') {
    return { Resource: 'arn:aws:states:::sqs:sendMessage', ...argument({ QueueUrl: 'https://queue' }, jsonata ? { MessageBody: '{% $states.input.n %}' } : { 'MessageBody.$': '$.n' }) };
  }
  const token = jsonata ? { MessageBody: '{% $states.context.Task.Token %}' } : { 'MessageBody.$': '$$.Task.Token' };
  return { Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', ...argument({ QueueUrl: 'https://queue' }, token) };
}

function waitFields({ how, seconds }: Extract<Plan, { type: 'Wait' }>, jsonata: boolean): WrittenState {
  if (how === 0) return { Seconds: seconds };
  if (how === 1) return jsonata ? { Seconds: '{% $states.input.n %}' } : { SecondsPath: '$.n' };
  return { Timestamp: seconds % 2 === 0 ? '2020-01-01T00:00:00Z' : `2026-01-01T00:00:0${seconds}Z` };
}

function recovery({ retry, catching }: Recovery, jsonata: boolean, number: number, next: string | undefined, states: Record<string, JsonObject>): WrittenState {
  const target = catching === undefined ? undefined : (next ?? writeEnd(states, number));
  // States.ALL must stand in the last Retrier.
  const retriers = [...retry].sort((a, b) => Number(a.error === 'States.ALL') - Number(b.error === 'States.ALL'));
  const last = retriers.findIndex(({ error }) => error === 'States.ALL');
  return {
    ...(retriers.length > 0 && {
      Retry: retriers.slice(0, last < 0 ? undefined : last + 1).map(({ error, interval, attempts, rate, maxDelay, jitter }) => ({
        ErrorEquals: [error],
        IntervalSeconds: interval,
        MaxAttempts: attempts,
        BackoffRate: rate,
        ...(maxDelay !== undefined && { MaxDelaySeconds: maxDelay }),
        ...(jitter && { JitterStrategy: 'FULL' }),
      })),
    }),
    ...(catching !== undefined && {
      Catch: [
        {
          ErrorEquals: [catching.error],
          Next: target!,
          ...(jsonata ? { Output: "{% $merge([$states.input, {'out': $states.errorOutput}]) %}" } : { ResultPath: '$.out' }),
          ...(catching.assign && { Assign: jsonata ? { [`e${number}`]: '{% $states.errorOutput.Error %}' } : { [`e${number}.$`]: '$.Error' } }),
        },
      ],
    }),
  };
}

function mapFields(writing: Writing, plan: Extract<Plan, { type: 'Map' }>, jsonata: boolean, number: number): WrittenState {
  const { items, concurrency, selector, distributed, tolerated, processor } = plan;
  // Iterations get an object, as every group does.
  const select: WrittenState = jsonata
    ? { n: '{% $states.context.Map.Item.Index %}', s: '{% $states.context.Map.Item.Value %}', items: [1, 2], ...(selector && { parent: '{% $states.input.n %}' }) }
    : { 'n.$': '$$.Map.Item.Index', 's.$': '$$.Map.Item.Value', items: [1, 2], ...(selector && { 'parent.$': '$.n' }) };
  const given: WrittenState = jsonata ? { Items: [...items] } : { ItemsPath: '$.items' };
  return {
    ...given,
    ItemSelector: select,
    MaxConcurrency: concurrency,
    ItemProcessor: {
      ...(distributed && { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } }),
      ...writeGroup(writing, processor),
    },
    ...(distributed && { Label: `Label${number}` }),
    ...(distributed && tolerated !== undefined && { ToleratedFailurePercentage: tolerated }),
  };
}

function writeLoop(
  writing: Writing,
  states: Record<string, JsonObject>,
  { times, variable, body }: Extract<Plan, { type: 'Loop' }>,
  number: number,
  jsonata: boolean,
  common: (type: string) => WrittenState,
  next: string | undefined,
): string {
  const [init, count, test] = [`Init${number}`, `Count${number}`, `Again${number}`];
  const counter = `i${number}`;
  const after = next ?? writeEnd(states, number);
  let first: string = count;
  for (const plan of [...body].reverse()) first = writeState(writing, states, plan, first);
  const path = variable ? `$${counter}` : `$.${counter}`;
  const expression = variable ? `$${counter}` : `$states.input.${counter}`;
  const set = (literal: number | undefined): WrittenState => {
    if (variable) {
      if (literal !== undefined) return { Assign: { [counter]: literal } };
      return { Assign: jsonata ? { [counter]: `{% ${expression} + 1 %}` } : { [`${counter}.$`]: `States.MathAdd(${path}, 1)` } };
    }
    if (jsonata) return { Output: `{% $merge([$states.input, {'${counter}': ${literal ?? `${expression} + 1`}}]) %}` };
    return literal === undefined
      ? { Parameters: { 'to.$': `States.MathAdd(${path}, 1)` }, ResultPath: `$.${counter}step` }
      : { Result: literal, ResultPath: path };
  };
  states[init] = { ...common('Pass'), ...set(0), Next: first };
  if (!variable && !jsonata) {
    // MathAdd can only stand in a template: a second Pass lifts its result to the counter.
    states[count] = { ...common('Pass'), ...set(undefined), Next: `Lift${number}` };
    states[`Lift${number}`] = { ...common('Pass'), InputPath: `$.${counter}step.to`, ResultPath: path, Next: test };
  } else states[count] = { ...common('Pass'), ...set(undefined), Next: test };
  return writeChoice(states, test, common('Choice'), jsonata, { path, expression, above: times - 1 }, after, first), init;
}

function writeChoice(
  states: Record<string, JsonObject>,
  name: string,
  common: WrittenState,
  jsonata: boolean,
  { path, expression, above }: { readonly path: string; readonly expression: string; readonly above: number },
  then: string,
  otherwise: string,
): string {
  const rule: WrittenState = jsonata ? { Condition: `{% ${expression} > ${above} %}` } : { Variable: path, NumericGreaterThan: above };
  states[name] = { ...common, Choices: [{ ...rule, Next: then }], Default: otherwise };
  return name;
}

function writeEnd(states: Record<string, JsonObject>, number: number): string {
  const name = `End${number}`;
  states[name] = { Type: 'Succeed' };
  return name;
}

/** JSON is nearly JSONata; texts that look like templates are taken apart so that nothing reads them as such. */
function jsonataLiteral(value: Json): string {
  return JSON.stringify(value).replaceAll('{%', '{" & "%').replaceAll('%}', '%" & "}');
}
