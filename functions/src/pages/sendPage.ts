import { createHash } from 'node:crypto';
import type { Response } from 'express';

export interface Page {
  readonly title: string;
  /** HTML; made of our own words and of what was checked to need no escaping. */
  readonly body: string;
}

/** Readable on a phone, by day and by night; long addresses do not make it wider. */
const STYLE = `:root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:0 auto;padding:1rem;overflow-wrap:anywhere}h1,h2{line-height:1.25}dt{font-weight:600}dd{margin:0 0 .5rem}fieldset{min-width:0;padding:.5rem 1rem}button{font:inherit;padding:.5rem 1rem}`;

/**
 * Nothing but the page itself, this one style and its own form: no script, no picture, no frame around it, no trace of the
 * link in caches or in other sites' logs.
 */
const HEADERS = {
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'X-Robots-Tag': 'noindex, nofollow',
} as const;

/** Answers with a small page that works without script or anything else to load. */
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
<style>${STYLE}</style>
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
