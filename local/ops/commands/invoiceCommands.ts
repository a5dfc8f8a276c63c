import { z } from 'zod';
import { StartError } from '../../stack/startError';
import { callAsAdmin } from '../callAsAdmin';
import { callAsked, type Commands, required } from '../command';

const timelineSchema = z.object({ entries: z.array(z.unknown()) });

/** One invoice, and payments that found none. */
export const invoiceCommands: Commands = {
  'invoice timeline': {
    usage: 'invoice timeline <id> --as <email>',
    words: 1,
    run: (target, [id], { operator }) =>
      callAsAdmin(target, operator(), 'getInvoiceTimeline', { invoiceId: required(id, '<id>') }),
    show: (result) => timelineSchema.parse(result).entries,
  },
  'payments resolve': {
    usage: 'payments resolve <transaction-id> --invoice <id>|none --reason <text> --as <email>',
    words: 1,
    run: (target, [id], options) => {
      const transactionId = required(id, '<transaction-id>');
      const invoice = required(options.invoice, '--invoice');
      if (invoice.includes('/')) throw new StartError('--invoice names an invoice, or `none`.');
      return callAsked(
        target,
        invoice === 'none' ? 'note that a payment was refunded elsewhere' : 'apply a payment to an invoice',
        'resolveUnappliedPayment',
        {
          transactionId,
          invoiceId: invoice === 'none' ? null : invoice,
          reason: required(options.reason, '--reason'),
        },
        options,
      );
    },
  },
};
