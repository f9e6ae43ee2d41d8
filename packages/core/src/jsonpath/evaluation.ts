import { JsonPathError } from './error.ts';
import type { Value } from './java-value.ts';
import type { ValueNode } from './value-node.ts';

// Far beyond what a 256 KiB document can need, but `..*..*..*` over a hostile one ends within seconds.
const MAX_NODES = 5_000_000;

/** What one evaluation of a path carries through its steps. */
export class Evaluation {
  private visited = 0;
  /** What the `$…` operands of filters found: looked up once, not once per item. */
  readonly rootNodes = new Map<object, ValueNode>();

  constructor(
    readonly root: Value,
    /** Set while a filter asks whether a path exists: then every key on every branch must be there. */
    readonly requiresKeys = false,
    private readonly parent?: Evaluation,
  ) {}

  /** Counts visited nodes. @throws JsonPathError when there are too many. */
  visit(nodes: number): void {
    this.visited += nodes;
    if (this.visited > MAX_NODES) throw new JsonPathError('invalid', `Path visits more than ${MAX_NODES} nodes`);
    this.parent?.visit(nodes);
  }

  requiringKeys(): Evaluation {
    return this.requiresKeys ? this : new Evaluation(this.root, true, this);
  }

  over(root: Value): Evaluation {
    return new Evaluation(root, this.requiresKeys, this);
  }
}
