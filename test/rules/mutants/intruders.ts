/** Names that an allow-list must not hold, by the collection or function in which the list stands. */
export const intruders: Readonly<Record<string, readonly string[]>> = {
  profileFields: ['email', 'subscriptionTier', 'stripeAccountId', 'collectionsConsent', 'role', 'createdAt'],
  isNotificationChoice: ['yes'],
  clients: ['email', 'phone', 'contactPermissions', 'debtorKind', 'nation'],
  isVisibleToDebtor: ['draft', 'cancelled'],
  draftFields: ['clientEmail', 'clientPhone', 'amountPaid', 'checkout', 'nextActionAt', 'paidAt', 'notes'],
  'invoices/private': ['clientPhone'],
  notifications: ['title', 'freelancerId'],
};
