import { chase, page } from './chase';
import { clerk } from './clerk';
import { closing } from './closing';
import { connecting } from './connecting';
import { invoicing, manualSms } from './invoicing';
import { behaviour, courtesy, deadlines, maintenance, recurring, usage } from './jobs';
import { payments } from './payments';
import { claims, disputes, handling, manualPayment, noes } from './people';
import { replaying } from './replaying';
import { emailEvents, smsStatus } from './reports';
import { retries } from './retries';
import { sealed } from './sealed';
import { dispatch, reconcile, sendEmail, sendSms } from './sends';
import { type Story } from './story';
import { subscribing } from './subscribing';
import { start, stop } from './texts';

/** All of them; a plan's number says which one it plays. */
export const stories: readonly Story[] = [
  payments,
  stop,
  sendSms,
  chase,
  claims,
  retries,
  emailEvents,
  sendEmail,
  invoicing,
  page,
  smsStatus,
  courtesy,
  start,
  dispatch,
  deadlines,
  manualPayment,
  recurring,
  noes,
  reconcile,
  behaviour,
  manualSms,
  usage,
  disputes,
  maintenance,
  handling,
  closing,
  subscribing,
  clerk,
  connecting,
  replaying,
  sealed,
];
