import { type SeededBug } from '../seededBug';

const INBOUND = 'test/integration/messages/inbound/';

/** Of every way in which people say no. */
export const refusalBugs: readonly SeededBug[] = [
  {
    name: 'start-by-reconcile',
    file: 'functions/src/usecases/applyInboundSms.ts',
    find: "return fromTwilio ? change(deps, unit, inbound, 'opt_in') : null;",
    replace: "return change(deps, unit, inbound, 'opt_in');",
    suites: [`${INBOUND}reconciled`],
  },
  {
    name: 'start-replayed-after-a-stop',
    // The look at the audit row alone can go: creating the same row again is refused as well.
    file: 'functions/src/usecases/applyInboundSms.ts',
    find: 'auditId: sms.messageSid,',
    replace: 'auditId: `${sms.messageSid}_${deps.clock.now().getTime()}`,',
    suites: [`${INBOUND}replies`],
  },
  {
    name: 'late-start-undoes-a-stop',
    file: 'functions/src/domain/optOut/decideOptOut.ts',
    find: "if (lastNo != null && lastNo > saidAt) return { kind: 'superseded' };",
    replace: '',
    suites: ['test/unit/optOut/', `${INBOUND}failures`],
  },
  {
    name: 'yes-always-opts-in',
    file: 'functions/src/usecases/applyInboundSms.ts',
    find: 'if (fromTwilio && (await isOptedOut(deps, unit, sms.from)))',
    replace: 'if (fromTwilio)',
    suites: [`${INBOUND}replies`],
  },
  {
    name: 'stop-in-another-width-is-a-reply',
    file: 'functions/src/domain/optOut/classifyReply.ts',
    find: "body.normalize('NFKC')",
    replace: 'body',
    suites: ['test/unit/optOut/'],
  },
  {
    name: 'twilios-own-stop-is-ignored',
    file: 'functions/src/domain/optOut/intentOf.ts',
    find: "    case 'STOP':\n      return 'stop';",
    replace: "    case 'STOP':\n      return kind;",
    suites: [`${INBOUND}replies`],
  },
  {
    name: 'carrier-stop-is-no-opt-out',
    file: 'functions/src/usecases/messages/settleMessage.ts',
    find: "if (outcome.address === 'opted_out') {",
    replace: "if (outcome.address === 'opted_out' && outcome.code === 'none') {",
    suites: ['test/integration/messages/sending/outcomes'],
  },
  {
    name: 'signature-over-what-the-proxy-says',
    file: 'functions/src/webhooks/twilioRequest.ts',
    find: '${deps.config.publicBaseUrl}${path}',
    replace: "https://${request.get('x-forwarded-host') ?? request.hostname}${path}",
    suites: [`${INBOUND}signatures`],
  },
  {
    name: 'blocked-mail-suppresses-the-address',
    file: 'functions/src/domain/messages/readEmailEvent.ts',
    find: "if (event.type === 'blocked') {",
    replace: "if (event.type === 'never') {",
    suites: ['test/unit/messages/readEmailEvent', `${INBOUND}emailEvents`],
  },
  {
    name: 'link-opens-what-it-was-not-made-for',
    file: 'functions/src/platform/signedLink.ts',
    find: 'audience: purpose, clockTimestamp',
    replace: 'clockTimestamp',
    suites: ['test/unit/signedLink', `${INBOUND}unsubscribe`],
  },
  {
    name: 'opening-the-link-unsubscribes',
    file: 'functions/src/pages/answerLink.ts',
    find: "method === 'POST' ? act(",
    replace: "method !== 'HEAD' ? act(",
    suites: [`${INBOUND}unsubscribe`],
  },
  {
    name: 'consent-of-a-foreign-client-is-changed',
    file: 'functions/src/usecases/setClientConsent.ts',
    find: "if (client.freelancerId !== caller.uid) throw new ForbiddenError('This client is not yours.');",
    replace: '',
    suites: [`${INBOUND}consents`],
  },
];
