/** The statuses that the published Message resource knows. */
export const MESSAGE_STATUSES = [
  'queued',
  'sending',
  'sent',
  'failed',
  'delivered',
  'undelivered',
  'receiving',
  'received',
  'accepted',
  'scheduled',
  'read',
  'partially_delivered',
  'canceled',
] as const;
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

/** One message as this Twilio keeps it, either way. */
export interface Message {
  readonly sid: string;
  readonly direction: 'inbound' | 'outbound-api';
  /** Null only while a Messaging Service has not chosen a sender. */
  readonly from: string | null;
  readonly to: string;
  readonly body: string;
  readonly messagingServiceSid: string | null;
  /** The public URL to which its statuses go. */
  readonly statusCallback: string | null;
  readonly createdAt: Date;
  status: MessageStatus;
  errorCode: number | null;
  updatedAt: Date;
  sentAt: Date | null;
}
