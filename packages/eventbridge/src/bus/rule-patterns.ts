import { compilePattern, createPatternSet, eventBridgeDialect, parsePattern, type EventPattern } from '@interstate/event-patterns';
import { ServiceFault } from '@interstate/service-kit';
import type { EventBridgeLimits } from '../limits.ts';

/** Events of one kind that AWS services send: only where somebody listens. */
export interface EventKind {
  readonly source: string;
  readonly detailType: string;
}

/** Reads a pattern of a rule or an archive. @throws ServiceFault for what is none, in AWS's words */
export function readPattern(text: string, { patternLength }: EventBridgeLimits): EventPattern {
  if (text.length > patternLength) throw new ServiceFault('LimitExceededException');
  const pattern = parsePattern(text, eventBridgeDialect);
  if (pattern.type === 'fault') throw new ServiceFault('InvalidEventPatternException', { reason: pattern.message });
  return pattern;
}

/** The patterns of a bus's enabled rules, by the rules' names. */
export class RulePatterns {
  private readonly set = createPatternSet<string>();
  private readonly texts = new Map<string, string>();
  /** How many of them may match events of each kind. */
  private readonly listeners: number[];

  constructor(private readonly kinds: readonly EventKind[]) {
    this.listeners = kinds.map(() => 0);
  }

  /** Undefined: the rule is not to be followed. The pattern has been checked. */
  keep(name: string, text: string | undefined): void {
    const before = this.texts.get(name);
    if (before === text) return;
    if (before !== undefined) {
      this.set.delete(name);
      this.texts.delete(name);
      this.count(parsedAgain(before), -1);
    }
    if (text === undefined) return;
    const pattern = parsedAgain(text);
    this.set.add(name, pattern);
    this.texts.set(name, text);
    this.count(pattern, 1);
  }

  /** Names in no particular order. */
  match(event: object): readonly string[] {
    return this.set.match(event);
  }

  /** For each kind, whether an event of it may match. */
  wanted(): readonly boolean[] {
    return this.listeners.map((count) => count > 0);
  }

  private count(pattern: EventPattern, by: number): void {
    for (let index = 0; index < this.kinds.length; index++) if (mayMatch(pattern, this.kinds[index]!)) this.listeners[index]! += by;
  }
}

function parsedAgain(text: string): EventPattern {
  const pattern = parsePattern(text, eventBridgeDialect);
  if (pattern.type === 'fault') throw new Error(pattern.message);
  return pattern;
}

/** True where a pattern's words on source and detail type let events of a kind through. */
function mayMatch({ branches, numbers }: EventPattern, { source, detailType }: EventKind): boolean {
  return branches.some((fields) => {
    const branch = fields.filter(({ path }) => path === 'source' || path === 'detail-type');
    return branch.length === 0 || compilePattern({ type: 'pattern', branches: [branch], numbers })({ source, 'detail-type': detailType });
  });
}
