import { type PiiKind } from './pii';

/** An address as it is shown to whom it may be shown only in part: `j•••@c•••.uk`, `+44•••123`. */
export function maskAddress(kind: PiiKind, address: string): string {
  if (kind === 'sms') return `${address.slice(0, 3)}•••${address.length > 8 ? address.slice(-3) : ''}`;
  const [local = '', domain = ''] = address.split('@');
  const ending = domain.includes('.') ? domain.slice(domain.lastIndexOf('.')) : '';
  return `${local.slice(0, 1)}•••@${domain.slice(0, 1)}•••${ending}`;
}
