import { type OurNumber } from '../ourNumber';

/**
 * The account's numbers, as far as anybody here asks: ours.
 *
 * @param wanted the filter PhoneNumber
 */
export function listNumbers(
  { phoneNumber, smsUrl, smsMethod, smsApplicationSid }: OurNumber,
  accountSid: string,
  wanted: unknown,
): Record<string, unknown> {
  const isWanted = phoneNumber !== null && (wanted === undefined || wanted === phoneNumber);
  const uri = `/2010-04-01/Accounts/${accountSid}/IncomingPhoneNumbers.json?PageSize=50&Page=0`;
  const number = {
    sid: 'PN2a0747eba6abf96b7e3c3ff0b4530f6e',
    account_sid: accountSid,
    api_version: '2010-04-01',
    capabilities: { voice: false, sms: true, mms: false, fax: false },
    friendly_name: phoneNumber,
    phone_number: phoneNumber,
    sms_application_sid: smsApplicationSid,
    sms_fallback_method: 'POST',
    sms_fallback_url: '',
    sms_method: smsMethod,
    sms_url: smsUrl,
    status_callback: '',
    status_callback_method: 'POST',
  };
  return {
    end: 0,
    first_page_uri: uri,
    next_page_uri: null,
    page: 0,
    page_size: 50,
    previous_page_uri: null,
    start: 0,
    uri,
    incoming_phone_numbers: isWanted ? [number] : [],
  };
}
