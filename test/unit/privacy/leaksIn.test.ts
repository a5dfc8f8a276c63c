import { leaksIn } from '../../../local/suites/leaksIn';
import { CLIENT } from '../../../local/sample-day/sampleData';
import { newPhone } from '../../support/seedChase';

const line = (fields: object): string =>
  JSON.stringify({ severity: 'INFO', event: 'message_handled', ...fields });

test.each([
  ['e-mail address', line({ reason: 'to debtor_1@client.example' })],
  ['e-mail address', line({ path: '/u?a=debtor%40client.example' })],
  ['phone number', line({ reason: `to ${newPhone()}` })],
  ['phone number', `Sent to ${CLIENT.phone.slice(1)}.`],
  ['phone number', line({ path: 'sms_opt_outs/+447700900123' })],
  ['name', line({ reason: CLIENT.name })],
  ['words', line({ message: 'answered: i am in hospital' })],
])('%s is found in %s', (kind, text) => {
  expect(leaksIn(`${line({})}\n${text}\n`)).toEqual([{ line: 2, kind }]);
});

test.each([
  line({ outboxId: 'dunning_inv_4479123456789012345_gentle_email', durationMs: 44123456789.5 }),
  line({ eventId: 'evt_447700900123' }),
  line({ claim: 'v1_447700900123abcdef447700900123abcdef' }),
  'URL: http://localhost:44123/',
  line({ message: 'somebody signed in without what he may read as a debtor' }),
  line({ cause: 'Error(auth/invalid@x) < TypeError' }),
])('nobody is in %s', (text) => {
  expect(leaksIn(text)).toEqual([]);
});
