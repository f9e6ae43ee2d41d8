import { HistoryError, readHistory, type RecordedHistory } from '@interstate/testing';
import { UsageError } from '../usage-error.ts';
import { readTextFile } from './text-file.ts';

/** Reads a recorded history. @throws UsageError */
export function readHistoryFile(file: string, cwd: string): RecordedHistory {
  try {
    return readHistory(readTextFile(file, cwd));
  } catch (error) {
    if (error instanceof HistoryError) throw new UsageError(`${file}: ${error.message}`);
    throw error;
  }
}
