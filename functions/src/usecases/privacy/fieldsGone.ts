import { dataMap } from '../../domain/privacy/dataMap';

/** The fields that go from a row that is kept, as the data map says. */
export function fieldsGone(name: string): readonly string[] {
  const erasure = dataMap[name]?.erasure;
  return erasure?.does === 'strip' ? erasure.fields : [];
}
