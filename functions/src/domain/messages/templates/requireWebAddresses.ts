import { type MessageLinks } from '../messageLinks';

/**
 * Refuses links that are not plain web addresses: a wrong setting must not become a message that leads nowhere.
 *
 * @throws Error that names the link
 */
export function requireWebAddresses(links: MessageLinks): void {
  for (const name of ['payUrl', 'unsubscribeUrl', 'consentUrl', 'appUrl'] as const) {
    const url = links[name];
    if (url !== null && !/^https?:\/\/[!-~]+$/.test(url)) throw new Error(`${name} is not a web address`);
  }
}
