import type { Report } from './diagnostic.ts';
import type { MachineView } from './machine-view.ts';

/**
 * One thing that has to be true of a definition. A rule reports what is wrong and nothing else: it takes parts
 * of the wrong type as absent, since the shape rule has reported those.
 */
export type Rule = (machine: MachineView, report: Report) => void;
