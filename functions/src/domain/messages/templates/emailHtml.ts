import { type EmailContent, type Fact } from './emailContent';
import { emailStyle } from './emailStyle';
import { type EmailLayout } from './emailLayout';
import { type Html, html } from './html';
import { type Phrase } from './phrase';

/** The e-mail as HTML: one column that fits a phone, no pictures, nothing loaded from anywhere. */
export function emailHtml(content: EmailContent, layout: EmailLayout): string {
  const { greeting, signature, button, footer, subject } = layout;
  return html`<!doctype html>
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>${subject}</title>
        ${emailStyle}
      </head>
      <body>
        <div class="sheet">
          <div class="card">
            <h1>${content.heading}</h1>
            ${[greeting, ...content.paragraphs].map(paragraph)} ${factsTable(content.facts ?? [])}
            ${button === null ? [] : [html`<p class="action"><a class="button" href="${button.url}">${button.label}</a></p>`]}
            ${[...(content.closing ?? []), signature].map(paragraph)}
          </div>
          <div class="footer">
            <p>${footer.why}</p>
            ${footer.links.map(({ label, url }) => html`<p><a href="${url}">${label}</a></p>`)}
          </div>
        </div>
      </body>
    </html> `.toString();
}

function paragraph(text: Phrase): Html {
  return html`<p>${text}</p> `;
}

function factsTable(facts: readonly Fact[]): readonly Html[] {
  if (facts.length === 0) return [];
  const rows = facts.map(
    ({ label, value, strong }) =>
      html`<tr class="${strong === true ? 'strong' : 'plain'}">
        <th scope="row">${label}</th>
        <td>${value}</td>
      </tr> `,
  );
  return [
    html`<table class="facts">
      ${rows}
    </table>`,
  ];
}
