/** gRPC puts five bytes before each message: not compressed, and how long it is. */
const PREFIX = 5;

/** The messages in the bytes of a stream. */
export function messagesIn(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at + PREFIX <= bytes.length;) {
    const end = at + PREFIX + bytes.readUInt32BE(at + 1);
    found.push(bytes.subarray(at + PREFIX, end));
    at = end;
  }
  return found;
}

/** A message as it goes over the wire. */
export function framed(message: Buffer): Buffer {
  const prefix = Buffer.alloc(PREFIX);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}
