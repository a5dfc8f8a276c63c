import { type Teller } from './teller';
import { type World } from './world';

const STOP = ['STOP', 'stop texting me'];

/** Every STOP of a story that nobody took down, by webhook or by looking; nothing if all is well. */
export async function unheard({ db }: World, { cast, deeds }: Teller): Promise<string[]> {
  const sids = cast.debtors
    .flatMap(({ phone }) => deeds.textsOf(phone))
    .filter(({ fields }) => STOP.includes(fields['Body'] ?? ''))
    .map(({ fields }) => fields['MessageSid'] ?? '');
  if (sids.length === 0) return [];
  const audits = await db.getAll(...sids.map((sid) => db.doc(`sms_opt_out_audit/${sid}`)));
  return audits.filter(({ exists }) => !exists).map(({ id }) => `the STOP ${id} was not taken down`);
}
