import { type Firestore } from 'firebase-admin/firestore';
import { type Clock } from '../platform/clock';
import { type Config } from '../platform/config';
import { type Random } from '../platform/random';
import { type IdentityGateway } from '../providers/auth/identityGateway';
import { type EmailGateway } from '../providers/sendgrid/emailGateway';
import { type ConnectGateway } from '../providers/stripe/connectGateway';
import { type StripeGateway } from '../providers/stripe/stripeGateway';
import { type TaskQueues } from '../providers/tasks/taskQueues';
import { type SmsGateway } from '../providers/twilio/smsGateway';

/** Everything that a use case takes from outside. Built once per instance; replaced whole in tests. */
export interface Deps {
  readonly db: Firestore;
  readonly clock: Clock;
  readonly random: Random;
  readonly config: Config;
  readonly stripe: StripeGateway;
  readonly connect: ConnectGateway;
  readonly sms: SmsGateway;
  readonly email: EmailGateway;
  readonly queues: TaskQueues;
  readonly identity: IdentityGateway;
}
