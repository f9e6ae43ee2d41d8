import type { Execution, HistoryEvent } from '@interstate/core';
import type { Adapter, Json, JsonObject, Outcome } from '@interstate/kernel';
import type { Host } from '@interstate/runtime';
import { logRecord, publishHistoryEvent, STATES_HOST, type FoundExecution, type HostRequest, type LoggingConfiguration } from '@interstate/states';

/** A record of an execution's log, with the log group it goes to. */
export interface LogRecord {
  /** ARN of the CloudWatch log group that the state machine names. */
  readonly logGroupArn: string;
  /** As CloudWatch Logs shows it: `id`, `type`, `details`, `previous_event_id`, `event_timestamp`, `execution_arn`, `redrive_count`. */
  readonly record: JsonObject;
}

/** Takes the records of state machines with a loggingConfiguration, as they come. Must not throw. */
export type LogSink = (record: LogRecord) => void;

/**
 * The host's side of the Step Functions service: pages of histories, which are journals and so the host's; the log sink;
 * and forgetting what is past its retention. The directory asks for all three by calls to one address.
 */
export function statesHost(hostOf: () => Host, logs: LogSink | undefined): Adapter {
  const log = logs && createLog(hostOf, logs);
  const answer = (request: HostRequest): Outcome => {
    switch (request.type) {
      case 'history':
        return historyPage(hostOf().journalOf(request.executionArn) as readonly HistoryEvent[], request);
      case 'execution':
        return { ok: true, value: findExecution(hostOf().stateOf(request.executionArn) as Execution | undefined) };
      case 'log':
        log?.begin(request.executionArn, request.logging);
        return DONE;
      case 'forget':
        for (const address of request.addresses) {
          hostOf().forget(address);
          log?.end(address);
        }
        return DONE;
    }
  };
  return { service: 'states:host', connectors: { [STATES_HOST]: ({ request }) => answer(request as unknown as HostRequest) } };
}

const DONE: Outcome = { ok: true, value: null };

function historyPage(journal: readonly HistoryEvent[], { from, count, reverse, includeData }: HostRequest & { type: 'history' }): Outcome {
  const events: Json[] = [];
  const end = Math.min(from + count, journal.length);
  for (let position = from; position < end; position++) {
    events.push(publishHistoryEvent(journal[reverse ? journal.length - 1 - position : position]!, includeData) as unknown as Json);
  }
  return { ok: true, value: { events, more: end < journal.length } };
}

function findExecution(execution: Execution | undefined): Json {
  if (!execution?.isStarted) return null;
  const { start, limits, lastEventId, status, startTime, ending, redrives } = execution;
  return { start, status, startTime, ending, redrives, final: lastEventId >= limits.historyEvents - 1 } satisfies FoundExecution as unknown as Json;
}

interface Log {
  begin(executionArn: string, logging: LoggingConfiguration): void;
  end(executionArn: string): void;
}

/** The host's journal is listened to from the first execution on that is logged. */
function createLog(hostOf: () => Host, sink: LogSink): Log {
  const logged = new Map<string, LoggingConfiguration>();
  const heard = ({ address, entries }: { readonly address: string; readonly entries: readonly unknown[] }): void => {
    const logging = logged.get(address);
    if (!logging) return;
    for (const event of entries as readonly HistoryEvent[]) {
      const record = logRecord(address, event, logging);
      for (const { cloudWatchLogsLogGroup } of record ? (logging.destinations ?? []) : []) sink({ logGroupArn: cloudWatchLogsLogGroup.logGroupArn, record: record! });
    }
  };
  return {
    begin(executionArn, logging) {
      if (logged.size === 0) hostOf().events.on('journal', heard);
      logged.set(executionArn, logging);
    },
    end(executionArn) {
      if (logged.delete(executionArn) && logged.size === 0) hostOf().events.off('journal', heard);
    },
  };
}
