import { type Deps } from '../deps';

/** The web client's page of the freelancer's own subscription. */
export function billingPage({ config }: Pick<Deps, 'config'>): string {
  return `${config.publicBaseUrl}/settings/billing`;
}
