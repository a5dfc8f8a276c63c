import { z } from 'zod';
import { contactSchemas } from '../../../functions/src/domain/contact/contactSchemas';
import { maskAddress } from '../../../functions/src/domain/contact/maskAddress';
import { isMarked, pii, piiFieldsOf, plain } from '../../../functions/src/domain/contact/pii';

/** Paths of the texts in a schema about which nobody has said whether they are addresses. */
function unmarked(schema: z.core.$ZodType, path = ''): string[] {
  if (isMarked(schema as z.ZodType)) return [];
  if (schema instanceof z.ZodString || schema instanceof z.ZodEmail) return [path];
  if (schema instanceof z.ZodObject) {
    return Object.entries(schema.shape as Record<string, z.core.$ZodType>).flatMap(([field, part]) =>
      unmarked(part, `${path}.${field}`),
    );
  }
  if (schema instanceof z.ZodArray) return unmarked(schema.element, `${path}[]`);
  if (schema instanceof z.ZodRecord)
    return [...unmarked(schema.keyType, `${path}{key}`), ...unmarked(schema.valueType, `${path}{}`)];
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => unmarked(option, path));
  if (schema instanceof z.ZodPipe) return unmarked(schema.in, path);
  if (
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodCatch
  )
    return unmarked(schema.def.innerType, path);
  return [];
}

describe('what is sealed', () => {
  it.each(Object.entries(contactSchemas))('is said of each text in %s', (_name, schema) => {
    expect(unmarked(schema)).toEqual([]);
  });

  it('is found out: a text without a mark is named, however deep it lies', () => {
    const text = z.string();
    expect(
      unmarked(
        z.object({
          marked: plain(z.string().nullish()),
          address: pii('email', z.string()),
          number: z.int(),
          name: text,
          parts: z.array(z.object({ note: text.nullish() })),
          by: z.record(z.string(), z.int()),
        }),
      ),
    ).toEqual(['.name', '.parts[].note', '.by{key}']);
  });

  it('follows from the marks', () => {
    const fieldsOf = (name: keyof typeof contactSchemas): string[] =>
      piiFieldsOf(contactSchemas[name]).map(({ field, kind }) => `${field}:${kind}`);
    expect(fieldsOf('invoices')).toEqual(['clientEmail:email', 'clientPhone:sms']);
    expect(fieldsOf('clients')).toEqual(['email:email', 'phone:sms']);
    expect(fieldsOf('payment_claims')).toEqual(['clientEmail:email']);
    expect(fieldsOf('sms_replies')).toEqual(['fromNumber:sms']);
    expect(fieldsOf('debtor_requests')).toEqual(['email:email']);
  });
});

describe('a masked address', () => {
  it.each([
    ['email', 'dora@client.example', 'd•••@c•••.example'],
    ['email', 'd@localhost', 'd•••@l•••'],
    ['sms', '+447700900123', '+44•••123'],
    ['sms', '+3541234', '+35•••'],
  ] as const)('of %s %s is %s', (kind, address, masked) => {
    expect(maskAddress(kind, address)).toBe(masked);
  });
});
