import { type VNode } from 'preact';
import { useId, useState } from 'preact/hooks';
import { hashOf } from '../domain/route';
import { spoken } from '../domain/words';
import { useAct } from '../hooks/useAct';
import { useConsole } from '../hooks/useConsole';
import { useNow } from '../hooks/useNow';
import { Badge } from '../parts/Badge';
import { Fact } from '../parts/Fact';
import { Instant } from '../parts/Instant';
import { ReasonDialog } from '../parts/ReasonDialog';
import { type Message } from '../store/rows';

/** One message of the outbox. */
export function MessageItem({ message }: { readonly message: Message }): VNode {
  const { calls } = useConsole();
  const act = useAct();
  const now = useNow();
  const title = useId();
  const [resending, setResending] = useState(false);
  const { id, channel, template, level, invoiceId, status, reason, attempts, createdAt, notBefore } = message;
  const resend = async (why: string): Promise<string> => {
    const { outboxId } = await calls.resendOutbox({ id, reason: why });
    return `${spoken(template)}: queued anew as ${outboxId}`;
  };
  return (
    <li class="row" aria-labelledby={title}>
      <div class="row-head">
        <h2 id={title}>
          <span class="quiet">{channel}</span> {spoken(template)}
        </h2>
        <Badge status={status} />
      </div>
      <dl class="facts">
        {reason !== null && <Fact name="Reason">{spoken(reason)}</Fact>}
        <Fact name="Class">{spoken(message.class)}</Fact>
        {level !== null && <Fact name="Level">{level}</Fact>}
        <Fact name="Attempts">{attempts}</Fact>
        <Fact name="Queued">
          <Instant at={createdAt} now={now} />
        </Fact>
        {status === 'pending' && notBefore !== null && (
          <Fact name="Not before">
            <Instant at={notBefore} now={now} />
          </Fact>
        )}
        {invoiceId !== null && (
          <Fact name="Invoice">
            <a href={hashOf('invoice', invoiceId)}>{invoiceId}</a>
          </Fact>
        )}
        <Fact name="Record">
          <code>{id}</code>
        </Fact>
      </dl>
      {isResendable(message) && (
        <div class="actions">
          <button type="button" disabled={act.busy} onClick={() => setResending(true)}>
            {act.busy ? 'Working …' : 'Send anew …'}
          </button>
        </div>
      )}
      {resending && (
        <ReasonDialog
          title={`Send ${spoken(template)} anew`}
          verb="Send"
          onReason={(why) => act.run(() => resend(why))}
          onClose={() => setResending(false)}
        />
      )}
    </li>
  );
}

/** What the server would take: an unknown one only once it is final, which its end of life says. */
function isResendable({ status, expiresAt }: Message): boolean {
  if (status === 'unknown') return expiresAt !== null;
  return ['failed', 'suppressed', 'cancelled'].includes(status);
}
