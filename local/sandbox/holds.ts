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

interface Waiting {
  provider: ProviderName;
  arrive: (request: HeldRequest) => void;
  gate: Gate;
}

/** The requests that tests want to catch, so that they can act in the window before a provider does. */
export class Holds {
  private waiting: Waiting[] = [];
  private readonly gates = new Set<Gate>();

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
