import type { Address, Crypto, Effect, Json, Message, Outcome, Step } from '@interstate/kernel';
import type { EventEmitter } from 'eventemitter3';
import { CallMessage, CONNECTORS, Envelope, INTERCEPTORS, OUTSIDE, ReplyMessage } from './envelope.ts';
import { HostCall } from './host-call.ts';
import type { Inputs } from './inputs.ts';
import { NOBODY, type Instance } from './instance.ts';
import { appended } from './journal.ts';
import type { Machines } from './machines.ts';
import type { HostEvents, Interceptor, Passage } from './observe.ts';
import { MachineCall, OpenCalls } from './open-calls.ts';
import type { Outside } from './outside.ts';
import type { Post } from './post.ts';
import type { Router } from './router.ts';
import type { Timers } from './timers.ts';

interface DeliveryParts {
  readonly inputs: Inputs;
  readonly post: Post;
  readonly machines: Machines;
  readonly timers: Timers;
  readonly outside: Outside;
  readonly route: Router;
  readonly crypto: Crypto;
  readonly events: EventEmitter<HostEvents>;
  readonly interceptors: readonly Interceptor[];
  readonly isPumping: () => boolean;
  /** Answers a promise of the application. */
  readonly settle: (callId: string, outcome: Outcome) => void;
}

/** Takes messages to machines, steps them, and performs their effects. */
export class Delivery {
  private readonly pass: ((passage: Passage) => void) | undefined;
  /** The envelope that is with the interceptors. */
  private passing: Envelope | undefined;

  constructor(private readonly parts: DeliveryParts) {
    const { interceptors } = parts;
    if (interceptors.length === 0) return;
    this.pass = interceptors.reduceRight<(passage: Passage) => void>(
      (next, interceptor) => (passage) => interceptor(passage, next),
      (passage) => this.passed(passage),
    );
  }

  deliver(envelope: Envelope): void {
    if (!this.pass) return this.bring(envelope);
    this.passing = envelope;
    this.pass({ type: 'message', to: envelope.to, message: envelope.message });
    this.passing = undefined;
  }

  private passed(passage: Passage): void {
    const { post, inputs, machines, isPumping } = this.parts;
    if (passage.type === 'message') {
      // The first time an interceptor lets a message through it is still the one that was sent; after that it is news.
      const { from = INTERCEPTORS, sequence = post.nextSequence() } = this.passing ?? {};
      this.passing = undefined;
      if (!isPumping()) inputs.lookAtClock();
      this.bring(new Envelope(passage.to, passage.message, from, sequence));
    } else {
      const instance = machines.get(passage.from);
      if (instance) this.perform(instance, passage.effect);
    }
  }

  private bring({ to, message, from, sequence }: Envelope): void {
    const instance = this.parts.machines.get(to);
    if (!instance) return this.bringElsewhere(to, message);
    if (instance.inbox) {
      if (sequence <= (instance.inbox.get(from) ?? 0)) return;
      instance.inbox.set(from, sequence);
    }
    if (message.type === 'reply') {
      // A reply to a call that is no longer open came twice, or too late.
      if (!instance.calls?.take(message.callId)) return;
    }
    this.step(instance, message, from, sequence);
  }

  /** Calls to addresses no machine lives at: connectors answer promises of the application too. */
  private bringElsewhere(to: Address, message: Message): void {
    const { events, route, post, inputs, outside } = this.parts;
    if (message.type !== 'call') {
      if (message.type === 'notice') events.emit('problem', { address: to, problem: 'A notice reached nobody.', detail: message.notice });
      return;
    }
    const { address, callId } = message.replyTo;
    const destination = route(to);
    if (destination && 'forward' in destination) return post.send(address === OUTSIDE ? CONNECTORS : address, destination.forward, message);
    // What the outside answered is in the log.
    if (inputs.isReplaying) return;
    outside.work(outside.newCall(to, address, callId, message.request, inputs.time), destination?.connector);
  }

  private step(instance: Instance, message: Message, from: Address, sequence: number): void {
    const { machines, inputs, crypto, events } = this.parts;
    let taken: Step;
    try {
      taken = instance.machine.step(machines.stateOf(instance), message, { now: inputs.time, crypto });
    } catch (error) {
      return this.broke(instance, message, error);
    }
    const { effects, journal } = taken;
    if (journal.length > 0) {
      instance.journal = appended(instance.journal, journal, instance.machine.keptEntries ?? Infinity);
      if (events.listenerCount('journal') > 0) events.emit('journal', { address: instance.address, entries: journal });
    }
    for (const effect of effects) {
      if (this.pass) this.pass({ type: 'effect', from: instance.address, effect });
      else this.perform(instance, effect);
    }
    machines.save(instance, journal, from, sequence);
  }

  /** A step that throws is a fault of a machine, not of what it runs. Nothing of the step is taken, and nobody is left waiting. */
  private broke(instance: Instance, message: Message, error: unknown): void {
    const { machines, events } = this.parts;
    const problem = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    events.emit('problem', { address: instance.address, problem: `A step failed. ${problem}` });
    machines.undo(instance);
    if (message.type === 'call') {
      const { address, callId } = message.replyTo;
      return this.reply(instance, address, callId, { ok: false, error: { Error: 'InternalFailure', Cause: problem } });
    }
    machines.noteFailure(instance.address, error);
    this.end(instance);
  }

  private perform(instance: Instance, effect: Effect): void {
    const { inputs, timers, post, machines } = this.parts;
    inputs.tick();
    const { address } = instance;
    switch (effect.type) {
      case 'timer':
        return timers.set(instance, effect.key, effect.at, effect.housekeeping ?? false);
      case 'clearTimer':
        return timers.clear(instance, effect.key);
      case 'call':
        return this.callFrom(instance, effect.to, effect.callId, effect.request);
      case 'cancel':
        return this.cancel(instance, effect.callId);
      case 'reply':
        return this.reply(instance, effect.to.address, effect.to.callId, effect.outcome);
      case 'progress':
        if (effect.to.address === OUTSIDE) return;
        return post.send(address, effect.to.address, { type: 'progress', callId: effect.to.callId, news: effect.news });
      case 'notice':
        return post.send(address, effect.to, { type: 'notice', from: address, notice: effect.notice });
      case 'spawn':
        if (!machines.has(effect.address)) machines.create(effect.kind, effect.address);
        return post.send(address, effect.address, { type: 'notice', from: address, notice: effect.notice });
      case 'continue':
        return post.send(address, address, { type: 'continue' });
      case 'ended':
        return this.end(instance);
      case 'resumed':
        instance.ended = false;
        return;
      default:
        return effect satisfies never;
    }
  }

  private reply(from: Instance, to: Address, callId: string, outcome: Outcome): void {
    if (to === OUTSIDE) this.parts.settle(callId, outcome);
    else this.parts.post.send(from.address, to, new ReplyMessage(callId, outcome));
  }

  private end(instance: Instance): void {
    const { events } = this.parts;
    instance.ended = true;
    if (events.listenerCount('ended') > 0) events.emit('ended', { address: instance.address });
    const { endListeners } = instance;
    instance.endListeners = NOBODY;
    for (const resolve of endListeners) resolve();
  }

  /** Makes a call of a machine. */
  callFrom(instance: Instance, to: Address, callId: string, request: Json): void {
    const { machines, route, post, inputs, outside } = this.parts;
    instance.calls ??= new OpenCalls();
    const destination = machines.has(to) ? { forward: to } : route(to);
    if (destination && 'forward' in destination) {
      instance.calls.add(new MachineCall(callId, destination.forward));
      return post.send(instance.address, destination.forward, new CallMessage(instance.address, callId, request));
    }
    const call = outside.newCall(to, instance.address, callId, request, inputs.time);
    instance.calls.add(call);
    if (!inputs.isReplaying) outside.work(call, destination?.connector);
  }

  private cancel(instance: Instance, callId: string): void {
    const { post, outside } = this.parts;
    const call = instance.calls?.take(callId);
    if (!call) return;
    if (call instanceof HostCall) outside.drop(call);
    else post.send(instance.address, call.to, { type: 'cancelled', replyTo: { address: instance.address, callId } });
  }
}
