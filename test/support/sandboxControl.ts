import { type Sandbox } from '../../local/sandbox/startSandbox';

export interface ControlAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** One call of the sandbox's control paths, whatever it answers. */
export async function tryControl(
  sandbox: Pick<Sandbox, 'origin'>,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: object,
): Promise<ControlAnswer> {
  const response = await fetch(`${sandbox.origin}/_sandbox/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}

/**
 * One call of the sandbox's control paths.
 * @param path what follows /_sandbox/
 * @throws Error when the sandbox refuses it.
 */
export async function control(...call: Parameters<typeof tryControl>): Promise<unknown> {
  const { status, body } = await tryControl(...call);
  if (status >= 400) throw new Error(`the sandbox refused ${call[1]} ${call[2]}: ${JSON.stringify(body)}`);
  return body;
}
