import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Writes a jar that holds nothing but a manifest: it names the main class of another jar that lacks one, so
 * that `java -jar` works on it.
 */
export function writeManifestJar(target: string, wrappedJar: string, mainClass: string): void {
  const manifest = [
    'Manifest-Version: 1.0',
    `Main-Class: ${mainClass}`,
    `Class-Path: ${pathToFileURL(wrappedJar).href}`,
  ];
  const content = Buffer.from(`${manifest.map(wrap).join('\r\n')}\r\n\r\n`, 'utf8');
  mkdirSync(dirname(target), { recursive: true });
  // Two launchers may do this at once: each writes its own file, the rename is atomic.
  const draft = `${target}.${process.pid}`;
  writeFileSync(draft, zipOf('META-INF/MANIFEST.MF', content));
  renameSync(draft, target);
}

/** A manifest line has at most 72 bytes with its line break; what is longer goes on after a space. */
function wrap(line: string): string {
  const rest = line.slice(70).match(/.{1,69}/g) ?? [];
  return [line.slice(0, 70), ...rest].join('\r\n ');
}

/** A zip file with one stored (not compressed) entry. */
function zipOf(name: string, content: Buffer): Buffer {
  const nameBytes = Buffer.from(name, 'utf8');
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0); // version needed
  common.writeUInt16LE(0x21, 8); // date: 1 January 1980
  common.writeUInt32LE(crc32(content), 10);
  common.writeUInt32LE(content.length, 14);
  common.writeUInt32LE(content.length, 18);
  common.writeUInt16LE(nameBytes.length, 22);

  const local = Buffer.concat([signature(0x04034b50), common, nameBytes, content]);
  const madeBy = Buffer.from([20, 0]);
  const noExtras = Buffer.alloc(14); // comment, disk, attributes, offset 0
  const central = Buffer.concat([signature(0x02014b50), madeBy, common, noExtras, nameBytes]);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(local.length, 12);
  return Buffer.concat([local, central, signature(0x06054b50), end]);
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
