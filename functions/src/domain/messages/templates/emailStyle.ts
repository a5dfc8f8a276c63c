import { type Html, html } from './html';

/** Colours are given twice, for light and for dark; a reader that drops the style shows plain, readable text. */
export const emailStyle: Html = html`<style>
  :root {
    color-scheme: light dark;
    supported-color-schemes: light dark;
  }
  body {
    margin: 0;
    padding: 0;
    background: #eef1f4;
    color: #1d2733;
    font:
      16px/1.5 -apple-system,
      'Segoe UI',
      Roboto,
      Helvetica,
      Arial,
      sans-serif;
  }
  .sheet {
    max-width: 600px;
    margin: 0 auto;
    padding: 24px 12px;
  }
  .card {
    background: #ffffff;
    border-radius: 10px;
    padding: 28px 24px;
  }
  h1 {
    margin: 0 0 20px;
    font-size: 22px;
    line-height: 1.3;
    overflow-wrap: anywhere;
  }
  p {
    margin: 0 0 16px;
    overflow-wrap: anywhere;
  }
  .facts {
    width: 100%;
    margin: 4px 0 20px;
    border-collapse: collapse;
    border-top: 1px solid #d5dbe1;
  }
  .facts th,
  .facts td {
    padding: 9px 0;
    border-bottom: 1px solid #d5dbe1;
    text-align: left;
    vertical-align: top;
  }
  .facts th {
    padding-right: 16px;
    width: 1%;
    font-weight: normal;
    color: #5a6775;
    white-space: nowrap;
  }
  .facts td {
    overflow-wrap: anywhere;
  }
  .facts .strong td {
    font-weight: bold;
  }
  .action {
    margin: 4px 0 22px;
  }
  .button {
    display: inline-block;
    padding: 12px 26px;
    border-radius: 6px;
    background: #14557b;
    color: #ffffff;
    font-weight: bold;
    text-decoration: none;
  }
  .card p:last-child {
    margin-bottom: 0;
  }
  .footer {
    padding: 18px 24px 0;
    color: #5a6775;
    font-size: 13px;
  }
  .footer p {
    margin: 0 0 8px;
  }
  .footer a {
    color: #14557b;
  }
  @media (prefers-color-scheme: dark) {
    body {
      background: #12171c;
      color: #e6eaee;
    }
    .card {
      background: #1d252d;
    }
    .facts,
    .facts th,
    .facts td {
      border-color: #3a4650;
    }
    .facts th,
    .footer {
      color: #a3afba;
    }
    .button {
      background: #8ccbf0;
      color: #0b2233;
    }
    .footer a {
      color: #8ccbf0;
    }
  }
</style>`;
