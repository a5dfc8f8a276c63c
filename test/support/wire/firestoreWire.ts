import {
  credentials,
  Client,
  type Metadata,
  Server,
  ServerCredentials,
  type ServiceDefinition,
  type ServerDuplexStream,
  status,
} from '@grpc/grpc-js';
import { type Billed, type BilledMessage, billedRequest, billedResponse } from './billing';

/** What went over the wire to Firestore: calls by method, bytes both ways, and documents as they are billed. */
export interface WireCount {
  readonly calls: Readonly<Record<string, number>>;
  readonly bytes: number;
  readonly billed: Billed;
  /** Of those, what a job writes and reads about itself: its lease, its run and the pages of it. */
  readonly ofJobs: Billed;
}

export interface FirestoreWire {
  /** host:port for FIRESTORE_EMULATOR_HOST: what goes through it is counted. */
  readonly host: string;
  /** Counts since the last call of `take`, and starts anew. */
  take(): WireCount;
  stop(): void;
}

const METHODS = [
  'GetDocument',
  'ListDocuments',
  'UpdateDocument',
  'DeleteDocument',
  'CreateDocument',
  'BatchGetDocuments',
  'BeginTransaction',
  'Commit',
  'Rollback',
  'RunQuery',
  'RunAggregationQuery',
  'PartitionQuery',
  'BatchWrite',
  'ListCollectionIds',
  'Listen',
  'Write',
] as const;

/** Where jobs keep what they know of themselves. */
const JOB_ROWS = new Set(['cron_leases', 'cron_runs']);

const asIs = (bytes: Buffer): Buffer => bytes;
const pathOf = (method: string): string => `/google.firestore.v1.Firestore/${method}`;

/**
 * A pass-through between a Firestore client and the emulator that counts round trips and documents from outside the code
 * under measurement.
 *
 * @param target host:port of the emulator
 */
export async function startFirestoreWire(target: string): Promise<FirestoreWire> {
  let calls: Record<string, number> = {};
  let bytes = 0;
  let billed = { reads: 0, writes: 0, deletes: 0 };
  let ofJobs = { reads: 0, writes: 0, deletes: 0 };
  const count = (what: 'reads' | 'writes' | 'deletes', collection: string): void => {
    billed[what] += 1;
    if (JOB_ROWS.has(collection)) ofJobs[what] += 1;
  };
  const note = ({ read, written, deleted }: BilledMessage): void => {
    for (const collection of read) count('reads', collection);
    for (const collection of written) count('writes', collection);
    for (const collection of deleted) count('deletes', collection);
  };
  const upstream = new Client(target, credentials.createInsecure());
  const server = new Server({ 'grpc.max_receive_message_length': 64 * 1024 * 1024 });

  const relay = (method: string) => (call: ServerDuplexStream<Buffer, Buffer>) => {
    calls[method] = (calls[method] ?? 0) + 1;
    const onward = upstream.makeBidiStreamRequest(pathOf(method), asIs, asIs, requestMetadata(call.metadata));
    // A query that has found nothing yet, by the collection that it asks for.
    let asked: string | null = null;
    call.on('data', (message: Buffer) => {
      bytes += message.length;
      const said = billedRequest(method, message);
      note(said);
      asked = said.asked;
      onward.write(message);
    });
    call.on('end', () => onward.end());
    call.on('cancelled', () => onward.cancel());
    onward.on('data', (message: Buffer) => {
      bytes += message.length;
      const said = billedResponse(method, message);
      note(said);
      if (said.read.length > 0) asked = null;
      call.write(message);
    });
    onward.on('error', (error: Error & { code?: number; details?: string }) => {
      call.emit('error', { code: error.code ?? status.UNKNOWN, details: error.details ?? '' });
    });
    onward.on('end', () => {
      if (asked !== null) count('reads', asked);
      call.end();
    });
  };

  // Every method is relayed as a stream in both directions: on the wire a unary call is a stream of one message.
  const service: ServiceDefinition = Object.fromEntries(
    METHODS.map((method) => [
      method,
      {
        path: pathOf(method),
        requestStream: true,
        responseStream: true,
        requestSerialize: asIs,
        requestDeserialize: asIs,
        responseSerialize: asIs,
        responseDeserialize: asIs,
      },
    ]),
  );
  server.addService(service, Object.fromEntries(METHODS.map((method) => [method, relay(method)])));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
  return {
    host: `127.0.0.1:${port}`,
    take: () => {
      const counted = { calls, bytes, billed, ofJobs };
      calls = {};
      bytes = 0;
      billed = { reads: 0, writes: 0, deletes: 0 };
      ofJobs = { reads: 0, writes: 0, deletes: 0 };
      return counted;
    },
    stop: () => {
      server.forceShutdown();
      upstream.close();
    },
  };
}

/** Headers that belong to the call, not to the connection that it came in on. */
function requestMetadata(metadata: Metadata): Metadata {
  const onward = metadata.clone();
  for (const name of ['user-agent', 'content-type', 'te']) onward.remove(name);
  return onward;
}
