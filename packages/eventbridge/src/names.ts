import type { Address, Json, JsonObject } from '@interstate/kernel';

/** An account's region: where resources live. */
export interface Place {
  readonly region: string;
  readonly account: string;
}

export const DEFAULT_BUS = 'default';

export function directoryAddress(place: Place): Address {
  return eventsArn(place, 'directory');
}

export function busArn(place: Place, name: string): Address {
  return eventsArn(place, `event-bus/${name}`);
}

export function archiveArn(place: Place, name: string): Address {
  return eventsArn(place, `archive/${name}`);
}

/** ARN of a rule; the bus is named in it where it is not the default one. */
export function ruleArn(place: Place, bus: string, rule: string): Address {
  return eventsArn(place, bus === DEFAULT_BUS ? `rule/${rule}` : `rule/${bus}/${rule}`);
}

export function eventsArn({ region, account }: Place, resource: string): Address {
  return `arn:aws:events:${region}:${account}:${resource}`;
}

/** The bus that a request names, by name or ARN; the default one where it names none. */
export function busAddress(place: Place, named: Json | undefined): Address {
  if (typeof named !== 'string') return busArn(place, DEFAULT_BUS);
  return named.startsWith('arn:') ? named : busArn(place, named);
}

/** Where a request of the API goes: to the bus or archive it is about, else to the directory. */
export function addressOf(place: Place): (action: string, input: JsonObject) => Address {
  const directory = directoryAddress(place);
  return (action, input) => {
    switch (action) {
      case 'PutEvents':
        return commonBus(place, input['Entries']) ?? directory;
      case 'DescribeEventBus':
      case 'UpdateEventBus':
      case 'DeleteEventBus':
        return busAddress(place, input['Name']);
      case 'PutRule':
      case 'DeleteRule':
      case 'DescribeRule':
      case 'EnableRule':
      case 'DisableRule':
      case 'ListRules':
      case 'ListRuleNamesByTarget':
      case 'ListTargetsByRule':
      case 'PutTargets':
      case 'RemoveTargets':
      case 'PutPermission':
      case 'RemovePermission':
        return busAddress(place, input['EventBusName']);
      case 'DescribeArchive':
        return typeof input['ArchiveName'] === 'string' ? archiveArn(place, input['ArchiveName']) : directory;
      case 'TagResource':
      case 'UntagResource':
      case 'ListTagsForResource':
        return taggedBus(input['ResourceARN']) ?? directory;
      default:
        return directory;
    }
  };
}

/** The one bus all entries go to; undefined where there are several. */
function commonBus(place: Place, entries: Json | undefined): Address | undefined {
  if (!Array.isArray(entries)) return undefined;
  let first: Json | undefined;
  for (let index = 0; index < entries.length; index++) {
    const entry = entries[index] as JsonObject | null | undefined;
    const named = entry?.['EventBusName'];
    if (index === 0) first = named;
    else if (named !== first) return undefined;
  }
  return busAddress(place, first);
}

/** The bus that keeps the tags of a bus or a rule. */
function taggedBus(arn: Json | undefined): Address | undefined {
  if (typeof arn !== 'string') return undefined;
  const [head, resource] = splitArn(arn);
  if (resource.startsWith('event-bus/')) return arn;
  if (!resource.startsWith('rule/')) return undefined;
  const path = resource.slice('rule/'.length);
  const slash = path.lastIndexOf('/');
  return `${head}:event-bus/${slash < 0 ? DEFAULT_BUS : path.slice(0, slash)}`;
}

/** `arn:aws:events:r:a` and what follows the fifth colon. */
function splitArn(arn: string): [head: string, resource: string] {
  let at = -1;
  for (let colons = 0; colons < 5; colons++) {
    at = arn.indexOf(':', at + 1);
    if (at < 0) return [arn, ''];
  }
  return [arn.slice(0, at), arn.slice(at + 1)];
}
