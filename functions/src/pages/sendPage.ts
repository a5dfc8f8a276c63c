import type { Response } from 'express';

export interface Page {
  readonly title: string;
  /** HTML; made of our own words and of what was checked to need no escaping. */
  readonly body: string;
}

/**
 * Nothing but the page itself and its own form: no script, no picture, no frame around it, no trace of the link in
 * caches or in other sites' logs.
 */
const HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'X-Robots-Tag': 'noindex, nofollow',
} as const;

/** Answers with a small page that works without style, script or anything else to load. */
export function sendPage(response: Response, status: number, { title, body }: Page): void {
  response
    .status(status)
    .set(HEADERS)
    .type('html')
    .send(
      `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
</head>
<body>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`,
    );
}
