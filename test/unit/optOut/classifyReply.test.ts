import fc from 'fast-check';
import { classifyReply } from '../../../functions/src/domain/optOut/classifyReply';

const ZERO_WIDTH_SPACE = '\u200b';
const RIGHT_TO_LEFT = '\u202e';

const STOP = [
  'STOP',
  'stop',
  'Stop',
  'sToP',
  ' STOP ',
  'STOP\n',
  '\r\nStop\r\n',
  '\tstop',
  'STOP.',
  'STOP!',
  'Stop!!!',
  'stop?',
  'stop…',
  '"STOP"',
  '“Stop”',
  "'stop'",
  '(stop)',
  '[STOP]',
  '*STOP*',
  '_stop_',
  '-stop-',
  'stop ;',
  '>stop<',
  '~stop~',
  '$STOP',
  'S.T.O.P',
  'S.T.O.P.',
  's-t-o-p',
  's t o p',
  'S  T  O  P',
  'ＳＴＯＰ',
  'ｓｔｏｐ',
  '　ＳＴＯＰ　',
  'ＳＴＯＰ！',
  '𝐒𝐓𝐎𝐏',
  'Ⓢⓣⓞⓟ',
  `${ZERO_WIDTH_SPACE}STOP`,
  `ST${ZERO_WIDTH_SPACE}OP`,
  `${RIGHT_TO_LEFT}STOP`,
  '\ufeffstop',
  'stop\u00a0',
  'st\u00adop',
  'stop 🛑',
  '🛑 STOP',
  'stop🙏🏽',
  'Stop ✋🏿✋🏿',
  'STOP ☹️',
  'stop 👩‍👩‍👧',
  'stop 🇬🇧!',
  'STOPALL',
  'stopall.',
  'Stop all',
  'STOP  ALL!',
  'stop-all',
  'UNSUBSCRIBE',
  'unsubscribe',
  'Un-subscribe',
  'Unsubscribe.',
  'CANCEL',
  'Cancel!',
  'END',
  'End.',
  'QUIT',
  'quit',
  'REVOKE',
  'Revoke',
  'OPTOUT',
  'opt out',
  'Opt-out',
  'OPT  OUT.',
  'ｕｎｓｕｂｓｃｒｉｂｅ',
  'stop texting me',
  'Please stop texting me!',
  'STOP MESSAGING THIS NUMBER',
  'you must stop contacting me about this',
  'stop, texting',
  'Stop\ntexting\nme',
  'I said: stop contacting.',
];

const NOT_STOP = [
  'Please stop',
  'stop please',
  'stop it',
  'stop now',
  'Stop sending me invoices for work you did not do',
  "I can't stop by the office today",
  "don't stop the work",
  'We had to stop the project in May',
  'The payment will stop on Friday',
  'stopped',
  'stopping the cheque',
  'nonstop',
  'stops',
  'one stop shop',
  'full stop',
  'cancel the order',
  'Please cancel invoice 12',
  'I want to cancel my subscription with you',
  'we cancelled this in March',
  'cancellation',
  'the end',
  'end of month',
  'At the end of the week',
  'END OF STORY, I paid',
  'end 🎉',
  'cancel 👍',
  'I quit my job',
  'quite',
  'quitting',
  'I revoke my offer',
  'unsubscribed already',
  'how do I unsubscribe',
  'unsubscribe me',
  'opt',
  'out',
  'can I opt out of the service fee',
  'opt in',
  'all stop',
  'stoptexting',
  'unstop texting',
  'I will pay tomorrow',
  'I paid on Monday, please check',
  'who is this?',
  'wrong number',
  'no',
  'ok',
  '🛑',
  '👍',
  '?',
  '...',
  '',
  '   ',
  'پرداخت شد',
  'STOP START',
  'start stop',
];

const START = ['START', 'start', ' Start. ', 'ＳＴＡＲＴ', 'UNSTOP', 'unstop!', `st${ZERO_WIDTH_SPACE}art`];
const HELP = ['HELP', 'help', 'Help?', 'INFO', 'info.', 'ＨＥＬＰ', '“help”'];
const YES = ['YES', 'yes', 'Yes!', ' yes. ', 'ＹＥＳ'];
const REPLY = [
  'start tomorrow',
  'start 👍',
  'please help',
  'need info',
  'yes please',
  'yes 👍',
  'yes, on Friday',
  'restart',
];

describe('an answer to a text message', () => {
  it('has a table of enough spellings', () => {
    expect([new Set(STOP).size >= 60, new Set(NOT_STOP).size >= 40]).toEqual([true, true]);
  });
  it.each(STOP)('%j is STOP', (body) => {
    expect(classifyReply(body)).toBe('stop');
  });
  it.each(NOT_STOP)('%j is not', (body) => {
    expect(classifyReply(body)).toBe('reply');
  });
  it.each<[string, string]>([
    ...START.map((body): [string, string] => [body, 'start']),
    ...HELP.map((body): [string, string] => [body, 'help']),
    ...YES.map((body): [string, string] => [body, 'yes']),
    ...REPLY.map((body): [string, string] => [body, 'reply']),
  ])('%j is %s', (body, kind) => {
    expect(classifyReply(body)).toBe(kind);
  });

  const space = fc.constantFrom('', ' ', '  ', '\n', '\t', '\r\n', '\u00a0', '\u3000');
  const mark = fc.constantFrom('', '.', '!', '?!', '…', '"', '’', '*', '—', ZERO_WIDTH_SPACE, RIGHT_TO_LEFT);
  const wrapped = fc.tuple(
    fc.constantFrom(...STOP, ...NOT_STOP, ...START, ...HELP, ...YES),
    space,
    mark,
    mark,
    space,
  );

  it('is the same whatever case, spaces and punctuation are around it', () => {
    fc.assert(
      fc.property(wrapped, fc.constantFrom('lower', 'upper', 'as it is'), ([body, a, b, c, d], how) => {
        const inCase = how === 'lower' ? body.toLowerCase() : how === 'upper' ? body.toUpperCase() : body;
        expect(classifyReply(`${a}${b}${inCase}${c}${d}`)).toBe(classifyReply(body));
      }),
      { numRuns: 5_000 },
    );
  });

  it('is one of the five, whatever anybody writes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (body) => {
        expect(['stop', 'start', 'help', 'yes', 'reply']).toContain(classifyReply(body));
      }),
      { numRuns: 5_000 },
    );
  });
});
