import { type MessageLinks } from '../../domain/messages/messageLinks';
import { type OutboxRow } from '../../domain/messages/outboxRow';
import { secretOf } from '../../platform/config';
import { type LinkPurpose, signLink } from '../../platform/signedLink';
import { type Deps } from '../deps';

const LINK_LIFE_MS = 180 * 24 * 60 * 60 * 1000;

/** The links in a message. They follow from the item alone: written again, it is the same message. */
export function messageLinksOf(deps: Pick<Deps, 'config'>, row: OutboxRow): MessageLinks {
  const { config } = deps;
  const base = config.publicBaseUrl;
  const isForDebtor = row.class === 'dunning' || row.class === 'courtesy' || row.class === 'debtor_service';
  const payUrl = isForDebtor && row.invoiceId !== null ? `${base}/pay/${row.invoiceId}` : null;
  // A text message is answered with STOP; its few characters are for the invoice.
  if (row.channel === 'sms') return { payUrl, unsubscribeUrl: null, consentUrl: null, appUrl: base };
  const token = (purpose: LinkPurpose): string =>
    signLink(secretOf(config, 'linkSigningKeys'), {
      purpose,
      subject: row.recipientHash,
      issuedAt: row.createdAt,
      expiresAt: new Date(row.createdAt.getTime() + LINK_LIFE_MS),
      ...(row.invoiceId === null ? {} : { invoiceId: row.invoiceId }),
    });
  return {
    payUrl,
    unsubscribeUrl: `${base}/u?t=${token('unsubscribe')}`,
    consentUrl: isForDebtor ? `${base}/c?t=${token('consent')}` : null,
    appUrl: base,
  };
}
