import type { Overlay } from '@interstate/graph';
import { coverageOverlay, executionOverlay, mergeCoverage, reportCoverage } from '@interstate/testing';
import { readCoverageFolder } from '../coverage/coverage-folder.ts';
import { definitionSource } from '../coverage/definition-source.ts';
import type { DefinitionFile } from '../input/definition-file.ts';
import { readHistoryEventsFile } from '../input/history-file.ts';

/** What tests covered of a definition. @param folder with files `….coverage.json` @throws UsageError */
export function coveredIn(folder: string, definitionFile: DefinitionFile, cwd: string): Overlay {
  const { definitions } = reportCoverage(mergeCoverage(...readCoverageFolder(folder, cwd)), [definitionSource(definitionFile)]);
  return coverageOverlay(definitions[0]!);
}

/** What a recorded execution did. @throws UsageError */
export function executedIn(history: string, cwd: string): Overlay {
  return executionOverlay(readHistoryEventsFile(history, cwd));
}
