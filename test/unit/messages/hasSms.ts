import { messageTemplates, type TemplateFor } from '../../../functions/src/domain/messages/messageTemplates';
import { type SampleMessage } from './sampleMessages';

/** Whether the message can go out as SMS as well. */
export function hasSms(
  sample: SampleMessage,
): sample is SampleMessage & { readonly template: TemplateFor<'sms'> } {
  const channels: readonly string[] = messageTemplates[sample.template].channels;
  return channels.includes('sms');
}
