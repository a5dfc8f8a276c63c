/**
 * One call of the sandbox's control paths.
 * @param path what follows /_sandbox/
 * @throws Error with the sandbox's own sentence.
 */
export async function controlSandbox(
  sandboxOrigin: string,
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: object,
): Promise<unknown> {
  const response = await fetch(`${sandboxOrigin}/_sandbox/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`the sandbox answered ${response.status}: ${await response.text()}`);
  return response.json();
}
