import { type MessageLinks } from './messageLinks';
import { type ParamsOf, type TemplateFor } from './messageTemplates';
import { smsSegments } from './smsSegments';
import { fitSms } from './templates/fitSms';
import { parseParams } from './templates/parseParams';
import { requireWebAddresses } from './templates/requireWebAddresses';
import { type SmsContent } from './templates/smsContent';
import { smsTemplates } from './templates/smsTemplates';

export interface RenderedSms {
  readonly body: string;
  /** 1 or 2. */
  readonly segments: number;
  readonly encoding: 'GSM-7' | 'UCS-2';
}

/**
 * Writes an SMS of at most two segments.
 *
 * @param params as they lie in the outbox; checked here
 * @throws Error when the values do not fit the template (it names the fields, never the values), or when `payUrl` is no
 *   web address or too long
 */
export function renderSms(template: TemplateFor<'sms'>, params: unknown, links: MessageLinks): RenderedSms {
  const values = parseParams(template, params);
  requireWebAddresses(links);
  const body = fitSms(contentOf(template, values), links.payUrl);
  const { segments, encoding } = smsSegments(body);
  return { body, segments, encoding };
}

function contentOf<T extends TemplateFor<'sms'>>(template: T, values: ParamsOf<T>): SmsContent {
  return smsTemplates[template](values);
}
