import { type SeededBug } from '../seededBug';

const SENDING = 'test/integration/messages/sending/';
const GATE = 'functions/src/domain/gate/decideGate.ts';

/** Of the send gate, the outbox and what providers answer. */
export const sendingBugs: readonly SeededBug[] = [
  {
    name: 'stuck-send-put-back-to-pending',
    file: 'functions/src/usecases/messages/releaseStuckSends.ts',
    find: "{ status: 'unknown', reason: 'sender_gone' }",
    replace: "{ status: 'pending', reason: 'sender_gone' }",
    suites: [`${SENDING}reconcile`, `${SENDING}crashes`],
  },
  {
    name: '5xx-retried',
    file: 'functions/src/providers/twilio/smsGateway.ts',
    find: "if (status < 400 || status >= 500 || status === 408) return { kind: 'unknown', code: name };",
    replace: "if (status < 400 || status >= 500 || status === 408) return { kind: 'retryable', code: name };",
    suites: [`${SENDING}outcomes`],
  },
  {
    name: 'reset-counts-as-never-sent',
    file: 'functions/src/providers/outcomeWithoutAnswer.ts',
    find: "new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])",
    replace: "new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ECONNRESET'])",
    suites: ['test/unit/providers/', `${SENDING}outcomes`],
  },
  {
    name: 'gate-before-the-claim',
    file: 'functions/src/usecases/messages/claimMessage.ts',
    find: 'const decision = await unit.commitWitnessing(gate.witnesses, async () => {',
    replace:
      'await unit.read(...gate.witnesses);\n  const decision = await unit.commitWitnessing([gate.witnesses[0] ?? ref], async () => {',
    suites: [`${SENDING}heldClaim`],
  },
  {
    name: 'class-missing-from-the-gate',
    file: GATE,
    find: 'before: [refuseForActiveAccount, refuseForRecipient],',
    replace: 'before: [],',
    suites: ['test/unit/gate/'],
  },
  {
    name: 'gate-forgets-the-opt-out',
    file: 'functions/src/domain/gate/refuseForRecipient.ts',
    find: 'if (recipient.optedOut) {',
    replace: 'if (recipient.optedOut && recipient.suppressed) {',
    suites: ['test/unit/gate/', `${SENDING}meanwhile`],
  },
  {
    name: 'gate-forgets-a-pause',
    file: 'functions/src/domain/gate/refuseUnlessWanted.ts',
    find: "if (chase?.isPaused === true) return cancelled('paused', 'Reminders for this invoice are paused.');",
    replace: '',
    suites: ['test/unit/gate/', `${SENDING}meanwhile`],
  },
  {
    name: 'validity-past-closing-time',
    file: 'functions/src/domain/gate/nextMoment.ts',
    find: 'validitySeconds: Math.min(longest, left)',
    replace: 'validitySeconds: longest',
    suites: [`${SENDING}closing`, 'test/unit/gate/'],
  },
  {
    name: 'frequency-of-one-freelancer-only',
    file: 'functions/src/usecases/gate/countMessage.ts',
    find: 'if (decision.countsSend) countSend(',
    replace: 'if (decision.countsSend && decision.countsQuota && message.level === null) countSend(',
    suites: [SENDING, 'test/properties/messages/sending'],
  },
  {
    name: 'quota-taken-twice',
    file: 'functions/src/usecases/gate/countMessage.ts',
    find: 'if (marker?.counted !== true) {',
    replace: 'if (marker?.counted !== undefined || marker === null) {',
    suites: [`${SENDING}quota`],
  },
  {
    name: 'quota-not-given-back',
    file: 'functions/src/usecases/moveOutboxItem.ts',
    find: 'await giveBackQuota(deps, unit, ref.id, row);',
    replace: '',
    suites: [`${SENDING}quota`],
  },
  {
    name: 'own-send-claim-not-recognised-after-a-lost-answer',
    file: 'functions/src/usecases/messages/claimMessage.ts',
    find: "const isOurs = row.status === 'sending' && row.attemptId === attemptId;",
    replace: "const isOurs = row.status === 'delivered' && row.attemptId === attemptId;",
    suites: ['test/integration/failures/lostAnswers'],
  },
  {
    name: 'report-of-an-earlier-attempt-counts',
    file: 'functions/src/domain/messages/decideReport.ts',
    find: 'if (row.earlierMessageIds.includes(messageId)) return null;',
    replace: '',
    suites: [
      'test/unit/messages/reportProperties',
      `${SENDING}reconcile`,
      'test/integration/messages/inbound/statuses',
    ],
  },
  {
    name: 'status-goes-backwards',
    file: 'functions/src/domain/messages/decideReport.ts',
    find: 'if (RANK[report.kind] <= rankOf(row)) return null;',
    replace: '',
    suites: ['test/unit/messages/reportProperties', 'test/integration/messages/inbound/statuses'],
  },
  {
    name: 'second-attempt-has-the-first-ones-expiry',
    file: 'functions/src/usecases/moveOutboxItem.ts',
    find: 'const NOT_FINAL = { expiresAt: FieldValue.delete() };',
    replace: 'const NOT_FINAL = {};',
    suites: [`${SENDING}secondAttempt`],
  },
  {
    name: 'objection-lets-texts-through',
    file: 'functions/src/usecases/gate/suppressionRefs.ts',
    find: "message.channel === 'email' ? message.hashes : await debtorHashes(deps, message, invoice)",
    replace: "message.channel === 'email' ? message.hashes : []",
    suites: ['test/integration/messages/inbound/objections'],
  },
  {
    name: 'yes-of-a-recorded-event-becomes-a-reply',
    file: 'functions/src/usecases/applyInboundSms.ts',
    find: "intent !== 'stop' && isOpenFailure(unit.snapshot(failedRef))",
    replace: "intent === 'start' && isOpenFailure(unit.snapshot(failedRef))",
    suites: ['test/integration/messages/inbound/foundTooEarly'],
  },
];
