import { type Fault } from './faultPlan';
import { Gate } from './gate';
import { type ProviderName } from './provider';

/** What has arrived at a provider, before it looked at it. */
export interface HeldRequest {
  method: string;
  path: string;
  query: Record<string, string>;
  /** Parsed as the provider parses it. */
  body: unknown;
}

/** One API request on its way in: nothing has happened because of it until it is released. */
export interface Hold {
  readonly arrived: Promise<HeldRequest>;
  /** Lets the request go on; before it has arrived: lets it pass. */
  release(): void;
}

/**
 * Stands before a provider: what happens before `proceed` happens before the provider looks at the request, what
 * happens after it before the caller gets the answer.
 *
 * @param proceed lets the provider answer, or fail in this way; whoever never calls it lets the request through
 */
export type Watcher = (
  provider: ProviderName,
  request: HeldRequest,
  proceed: (fault?: Fault) => Promise<void>,
) => Promise<void>;

interface Waiting {
  provider: ProviderName;
  arrive: (request: HeldRequest) => void;
  gate: Gate;
}

/** The requests that tests want to catch, so that they can act in the window before a provider does. */
export class Holds {
  private waiting: Waiting[] = [];
  private readonly gates = new Set<Gate>();
  private watcher: Watcher | undefined;

  /** Every request to every provider passes by this one. */
  watch(watcher: Watcher): void {
    this.watcher = watcher;
  }

  /** Lets a request be answered under the eyes of whoever watches. */
  async answered<T>(
    provider: ProviderName,
    request: () => HeldRequest,
    answer: (fault?: Fault) => Promise<T>,
  ): Promise<T> {
    let answering: Promise<T> | undefined;
    await this.watcher?.(provider, request(), async (fault) => {
      answering = answer(fault);
      await answering;
    });
    return answering ?? answer();
  }

  /** The provider's next request is held; two holds catch the next two. */
  next(provider: ProviderName): Hold {
    const gate = new Gate();
    this.gates.add(gate);
    const arrived = new Promise<HeldRequest>((resolve) => {
      this.waiting.push({ provider, gate, arrive: resolve });
    });
    return { arrived, release: () => gate.open() };
  }

  /** Comes back when the request may go on. */
  async pass(provider: ProviderName, request: () => HeldRequest): Promise<void> {
    const hold = this.waiting.find((candidate) => candidate.provider === provider);
    if (hold === undefined) return;
    this.waiting = this.waiting.filter((candidate) => candidate !== hold);
    hold.arrive(request());
    await hold.gate.opened;
    this.gates.delete(hold.gate);
  }

  /** Lets everything go on, and catches nothing more. */
  clear(): void {
    this.waiting = [];
    for (const gate of this.gates) gate.open();
    this.gates.clear();
  }
}
