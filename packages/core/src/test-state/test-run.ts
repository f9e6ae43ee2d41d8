import type { Crypto, EpochMs, Json, JsonObject, TaskCheck } from '@interstate/kernel';
import { itemObject } from '../execution/context-object.ts';
import type { Execution } from '../execution/execution.ts';
import type { Frame } from '../execution/frame.ts';
import { Run } from '../execution/run.ts';
import type { Observe } from '../flow/state-scope.ts';
import type { Expression } from '../query/scope.ts';

/** The working set of a state tested by itself: goes through one state, and may have a context object given to it. */
export class TestRun extends Run {
  constructor(
    execution: Execution,
    now: EpochMs,
    crypto: Crypto,
    private readonly givenContext: JsonObject | undefined,
    checkTask: TaskCheck | undefined,
    observe: Observe,
  ) {
    super(execution, now, crypto, 1, checkTask);
    this.observe = observe;
  }

  override context(): JsonObject {
    if (this.givenContext === undefined) return super.context();
    return this.item ? { ...this.givenContext, Map: { Item: itemObject(this.item) } } : this.givenContext;
  }

  /** ItemSelector for each item, as the Map's iterations or its Map run would evaluate it. */
  select(frame: Frame, selector: Expression, items: readonly Json[], input: Json): readonly Json[] {
    try {
      return items.map((value, index) => {
        this.aim(frame, input);
        this.item = { index, value };
        return selector(this);
      });
    } finally {
      this.item = null;
    }
  }
}
