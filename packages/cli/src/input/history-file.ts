import type { HistoryEvent } from '@interstate/core';
import { HistoryError, readHistory, readHistoryEvents, type RecordedHistory } from '@interstate/testing';
import { UsageError } from '../usage-error.ts';
import { readTextFile } from './text-file.ts';

/** Reads a recorded history. @throws UsageError */
export function readHistoryFile(file: string, cwd: string): RecordedHistory {
  return readAs(readHistory, file, cwd);
}

/** The same as the events of an execution here. @throws UsageError */
export function readHistoryEventsFile(file: string, cwd: string): HistoryEvent[] {
  return readAs(readHistoryEvents, file, cwd);
}

function readAs<History>(read: (text: string) => History, file: string, cwd: string): History {
  try {
    return read(readTextFile(file, cwd));
  } catch (error) {
    if (error instanceof HistoryError) throw new UsageError(`${file}: ${error.message}`);
    throw error;
  }
}
