import { z } from 'zod';
import { controlSandbox } from './controlSandbox';
import { type DayReport } from './dayReport';
import { type Call } from './playMessages';
import { type SampleOrigins } from './sampleOrigins';
import { watchProfile, type WatchedProfile } from './watchProfile';

const checkout = z.object({ sessionId: z.string(), url: z.string() });
const portal = z.object({ url: z.string() });
const paid = z.object({
  events: z.array(z.object({ id: z.string(), type: z.string() })),
  deliveries: z.array(z.object({ status: z.number(), body: z.string() })),
});

/** The freelancer subscribes on Stripe's page, and sees it in the web client without asking. */
export async function playSubscription(origins: SampleOrigins, report: DayReport, call: Call): Promise<void> {
  const profile = await watchProfile(origins);
  try {
    await report.step(
      'keeps a listener on it with the web SDK',
      () => planIs(profile, 'free'),
      (plan) => `plan ${plan}`,
    );
    const { sessionId } = await report.step(
      'opens a page to subscribe to Growth',
      () => call('createSubscriptionCheckout', { plan: 'growth', interval: 'month' }, checkout),
      (opened) => opened.sessionId,
    );
    const { deliveries } = await report.step(
      'subscribes, and Stripe tells us of it in several events at once',
      async () =>
        paid.parse(
          await controlSandbox(origins.sandboxOrigin, 'POST', `stripe/checkout/${sessionId}/pay`, {}),
        ),
      ({ events, deliveries: all }) => `${all.length} deliveries of ${events.length} events`,
    );
    const refused = deliveries.filter(({ status }) => status !== 200);
    report.check(
      'every delivery was answered 200',
      refused.length === 0,
      refused.map(({ status, body }) => `${status} ${body}`).join('; '),
    );
    await report.step(
      'the open listener sees the plan change',
      () => planIs(profile, 'growth'),
      (plan) => `plan ${plan}`,
    );
    await report.step('can change it on a page of Stripe’s', () => call('createPortalSession', {}, portal));
  } finally {
    await profile.end();
  }
}

function planIs(profile: WatchedProfile, wanted: string): Promise<string> {
  return profile.until(`the plan ${wanted} in the listener`, (data) => {
    const plan: unknown = data?.['subscriptionTier'];
    return plan === wanted ? { seen: wanted } : { instead: `it saw ${String(plan)}` };
  });
}
