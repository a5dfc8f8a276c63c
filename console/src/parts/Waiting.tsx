import { type ComponentChildren, type VNode } from 'preact';
import { type Live } from '../hooks/live';

interface WaitingProps<T> {
  readonly live: Live<T>;
  /** What is being read, for its error: `the failed webhooks`. */
  readonly what: string;
  readonly children: (value: T) => ComponentChildren;
}

/** Shows what is there once it is there, and else why it is not. */
export function Waiting<T>({ live, what, children }: WaitingProps<T>): VNode {
  switch (live.state) {
    case 'loading':
      return <p class="quiet">Reading {what} …</p>;
    case 'failed':
      return (
        <div class="trouble" role="alert">
          <p>
            Could not read {what}: {live.why}
          </p>
          <button type="button" onClick={live.again}>
            Try again
          </button>
        </div>
      );
    case 'ready':
      return <>{children(live.value)}</>;
  }
}
