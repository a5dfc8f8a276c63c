/** Fields that hold another object's id unless they are expanded. */
export const REFERENCES = [
  'charge',
  'customer',
  'default_payment_method',
  'invoice',
  'latest_charge',
  'latest_invoice',
  'payment_intent',
  'subscription',
];
