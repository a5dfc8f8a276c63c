import { type VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { hashOf } from '../domain/route';
import { money, spoken } from '../domain/words';
import { useAsked } from '../hooks/useAsked';
import { useConsole } from '../hooks/useConsole';
import { Badge } from '../parts/Badge';
import { Fact } from '../parts/Fact';
import { TimelinePicture } from '../parts/TimelinePicture';
import { Waiting } from '../parts/Waiting';
import { type InvoiceTimeline } from '../store/calls';

/** One invoice's life, as a picture. Each look stands in the audit log, so nothing is asked anew by itself. */
export function Invoice({ detail }: { readonly detail: string }): VNode {
  const { calls } = useConsole();
  const [wanted, setWanted] = useState(detail);
  const [look, setLook] = useState(0);
  useEffect(() => setWanted(detail), [detail]);
  const live = useAsked(detail === '' ? null : `${detail} ${look}`, () =>
    calls.getInvoiceTimeline({ invoiceId: detail }),
  );
  return (
    <section aria-labelledby="invoice-title">
      <h1 id="invoice-title">An invoice's timeline</h1>
      <form
        class="filters"
        onSubmit={(event) => {
          event.preventDefault();
          if (wanted.trim() === detail) setLook(look + 1);
          else location.hash = hashOf('invoice', wanted.trim());
        }}
      >
        <label>
          Invoice's id
          <input
            required
            autocomplete="off"
            spellcheck={false}
            value={wanted}
            onInput={(event) => setWanted(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="strong">
          Show
        </button>
      </form>
      {live === null ? (
        <p class="empty">Give the id of an invoice; messages link here as well.</p>
      ) : (
        <Waiting live={live} what="the timeline">
          {(timeline) => <Life {...timeline} />}
        </Waiting>
      )}
    </section>
  );
}

function Life({ invoice, entries }: InvoiceTimeline): VNode {
  const { reference, status, amount, amountPaid, amountRefunded, currency, level, escalationError } = invoice;
  return (
    <>
      <div class="row">
        <div class="row-head">
          <h2>{reference}</h2>
          <Badge status={status} />
        </div>
        <dl class="facts">
          <Fact name="Amount">{money(amount, currency)}</Fact>
          <Fact name="Paid">{money(amountPaid, currency)}</Fact>
          {amountRefunded > 0 && <Fact name="Refunded">{money(amountRefunded, currency)}</Fact>}
          <Fact name="Due">{invoice.dueDate ?? 'no day'}</Fact>
          <Fact name="Level">{level}</Fact>
          {invoice.isPaused && <Fact name="Paused">{spoken(invoice.pauseReason ?? 'yes')}</Fact>}
          {invoice.closedReason !== null && <Fact name="Chase closed">{spoken(invoice.closedReason)}</Fact>}
          {invoice.nextActionAt !== null && (
            <Fact name="Next decision">{new Date(invoice.nextActionAt).toLocaleString('en-GB')}</Fact>
          )}
          {escalationError !== null && (
            <Fact name="Chase failed">
              {escalationError.count} times: {escalationError.code}
            </Fact>
          )}
          <Fact name="Freelancer">
            <code>{invoice.freelancerId}</code>
          </Fact>
        </dl>
      </div>
      {entries.length === 0 ? (
        <p class="empty">Nothing is known to have happened to it.</p>
      ) : (
        <TimelinePicture entries={entries} currency={currency} />
      )}
    </>
  );
}
