import type { Address, ConnectorCall, EpochMs, Json } from '@interstate/kernel';

/** A call on its way to a connector. The AbortSignal is made only when somebody asks for it. */
export class HostCall implements ConnectorCall {
  private controller: AbortController | undefined;
  private aborted = false;
  /** How many things of the cloud its own code waits for right now. */
  waits = 0;

  constructor(
    readonly to: Address,
    readonly from: Address,
    readonly callId: string,
    readonly request: Json,
    readonly now: EpochMs,
    private readonly tell: (call: HostCall, news: Json) => void,
  ) {}

  get signal(): AbortSignal {
    if (!this.controller) {
      this.controller = new AbortController();
      if (this.aborted) this.controller.abort();
    }
    return this.controller.signal;
  }

  progress(news: Json): void {
    if (!this.aborted) this.tell(this, news);
  }

  release(): void {
    this.waits++;
  }

  abort(): void {
    this.aborted = true;
    this.controller?.abort();
  }

  get isAborted(): boolean {
    return this.aborted;
  }
}
