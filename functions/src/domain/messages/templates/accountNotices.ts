import { type ParamsOf } from '../messageTemplates';
import { type EmailTemplate } from './emailContent';
import { freelancerEmail } from './freelancerEmail';
import { phrase } from './phrase';
import { planName } from './planName';
import { wording } from './wording';

/** What concerns the freelancer's own subscription. */
export const accountNotices = {
  subscription_payment_failed: (params) => {
    const plan = planName(params.plan);
    return freelancerEmail({
      subject: phrase`The payment for your ${plan} plan failed`,
      heading: phrase`Your subscription payment failed`,
      paragraphs: [
        phrase`We could not take the payment for your ${plan} plan. Please check your card in Recoup; Stripe will try again.`,
        ...(params.keptUntil === null
          ? []
          : [
              phrase`Your plan goes on until ${wording.day(params.keptUntil)}. After that, your account moves to the Free plan until the payment succeeds.`,
            ]),
      ],
    });
  },

  plan_changed: (params) => {
    const plan = planName(params.plan);
    return freelancerEmail({
      subject: phrase`Your plan is now ${plan}`,
      heading: phrase`Your plan has changed`,
      paragraphs: [
        phrase`Your plan has changed from ${planName(params.previousPlan)} to ${plan}. What you have used this month still counts.`,
      ],
      facts: [
        { label: 'Before', value: planName(params.previousPlan) },
        { label: 'Now', value: plan, strong: true },
      ],
    });
  },
} as const satisfies {
  [T in 'subscription_payment_failed' | 'plan_changed']: EmailTemplate<ParamsOf<T>>;
};
