export const pages = ['queues', 'webhooks', 'messages', 'jobs', 'invoice', 'opt-outs'] as const;
export type Page = (typeof pages)[number];

export interface Route {
  readonly page: Page;
  /** What stands behind the page's name: an invoice's id, a status; '' for nothing. */
  readonly detail: string;
}

/** Reads `#/invoice/inv_1`; anything that is no page is the first one. */
export function routeOf(hash: string): Route {
  const [, name = '', ...rest] = hash.split('/');
  const page = pages.find((one) => one === name);
  if (page === undefined) return { page: pages[0], detail: '' };
  return { page, detail: decoded(rest.join('/')) };
}

export function hashOf(page: Page, detail = ''): string {
  return detail === '' ? `#/${page}` : `#/${page}/${encodeURIComponent(detail)}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
