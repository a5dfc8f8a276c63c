import { type Background } from './background';
import { ControlError } from './controlError';
import { faultSchema, type FaultPlan } from './faultPlan';
import { type Holds } from './holds';
import { parseControl } from './parseControl';
import { PROVIDER_NAMES, type Provider, type SandboxAnswer, type SandboxRequest } from './provider';
import { type RequestLog } from './requestLog';

/** What the control paths work on. */
export interface Controlled {
  providers: Provider[];
  faults: FaultPlan;
  requests: RequestLog;
  holds: Holds;
  background: Background;
}

/**
 * Answers `/_sandbox/…`.
 * @throws ControlError for a call that makes no sense.
 */
export async function answerControl(sandbox: Controlled, request: SandboxRequest): Promise<SandboxAnswer> {
  const [, , room = '', ...rest] = request.path.split('/');
  const call = `${request.method} ${room}`;
  if (rest.length === 0) {
    if (call === 'GET requests') return ok(sandbox.requests.of(wantedProvider(request.query)));
    if (call === 'GET faults') return ok(sandbox.faults.list());
    if (call === 'POST faults') {
      sandbox.faults.add(parseControl(faultSchema, readJson(request.rawBody)));
      return ok(sandbox.faults.list());
    }
    if (call === 'DELETE faults') {
      sandbox.faults.clear();
      return ok([]);
    }
    if (call === 'GET settled') {
      await sandbox.background.settled();
      return ok({ settled: true });
    }
    if (call === 'POST reset') {
      sandbox.background.abandon();
      sandbox.holds.clear();
      for (const provider of sandbox.providers) provider.reset();
      sandbox.faults.clear();
      sandbox.requests.clear();
      return ok({ reset: true });
    }
  }
  const provider = sandbox.providers.find(({ name }) => name === room);
  const answer = await provider?.control(request.method, rest, request.query, readJson(request.rawBody));
  if (answer !== undefined) return answer;
  throw new ControlError(`There is no control ${request.method} ${request.path}.`, 404);
}

function ok(body: unknown): SandboxAnswer {
  return { status: 200, body };
}

function wantedProvider(query: URLSearchParams): (typeof PROVIDER_NAMES)[number] | undefined {
  const wanted = query.get('provider');
  if (wanted === null) return undefined;
  const known = PROVIDER_NAMES.find((name) => name === wanted);
  if (known === undefined) throw new ControlError(`provider must be one of ${PROVIDER_NAMES.join(', ')}.`);
  return known;
}

function readJson(rawBody: Buffer): unknown {
  if (rawBody.length === 0) return undefined;
  try {
    return JSON.parse(rawBody.toString('utf8'));
  } catch {
    throw new ControlError('The body is not JSON.');
  }
}
