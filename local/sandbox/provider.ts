import { type IncomingHttpHeaders } from 'node:http';

export const PROVIDER_NAMES = ['stripe', 'twilio', 'sendgrid'] as const;
export type ProviderName = (typeof PROVIDER_NAMES)[number];

/** One HTTP request as the sandbox's server hands it on: the path without the query, the body as bytes. */
export interface SandboxRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  rawBody: Buffer;
}

/** What goes back to the caller; the body is sent as JSON, undefined as none. */
export interface SandboxAnswer {
  status: number;
  headers?: Record<string, string>;
  body: unknown;
  /** Called once the answer is on its way, or is known never to be: the provider goes on with its own affairs. */
  afterwards?: () => void;
}

/**
 * A provider is a folder beside this file: it answers its own API paths as the real one does, and the
 * control paths `/_sandbox/{name}/…` that play the outside world (a debtor who pays, a message that bounces).
 */
export interface Provider {
  name: ProviderName;
  /** True when an API path (not a control path) belongs to this provider. */
  owns(path: string): boolean;
  /**
   * Answers one API request.
   * @param beforeExecution awaited after the request is claimed (idempotency) and before it changes anything.
   */
  call(request: SandboxRequest, beforeExecution: () => Promise<void>): Promise<SandboxAnswer>;
  /** The body as the provider parses it; what can not be parsed comes back as text. */
  parseBody(request: SandboxRequest): unknown;
  /**
   * The provider's own words for a request that it turns away.
   * @param code the provider's error code; by default the usual one of 429, 500 and 503
   */
  refuse(status: number, code?: string): SandboxAnswer;
  /** Answers `/_sandbox/{name}/…`; undefined when there is no such control. `path` is what follows the name. */
  control(
    method: string,
    path: string[],
    query: URLSearchParams,
    body: unknown,
  ): Promise<SandboxAnswer | undefined>;
  /** Forgets everything that it holds. */
  reset(): void;
}
