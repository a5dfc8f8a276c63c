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

/** What went over the wire to Firestore: calls by method, and bytes both ways. */
export interface WireCount {
  readonly calls: Readonly<Record<string, number>>;
  readonly bytes: number;
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

const asIs = (bytes: Buffer): Buffer => bytes;
const pathOf = (method: string): string => `/google.firestore.v1.Firestore/${method}`;

/**
 * A pass-through between a Firestore client and the emulator that counts round trips from outside the code under
 * measurement. It does not look into messages.
 *
 * @param target host:port of the emulator
 */
export async function startFirestoreWire(target: string): Promise<FirestoreWire> {
  let calls: Record<string, number> = {};
  let bytes = 0;
  const upstream = new Client(target, credentials.createInsecure());
  const server = new Server({ 'grpc.max_receive_message_length': 64 * 1024 * 1024 });

  const relay = (method: string) => (call: ServerDuplexStream<Buffer, Buffer>) => {
    calls[method] = (calls[method] ?? 0) + 1;
    const onward = upstream.makeBidiStreamRequest(pathOf(method), asIs, asIs, requestMetadata(call.metadata));
    call.on('data', (message: Buffer) => {
      bytes += message.length;
      onward.write(message);
    });
    call.on('end', () => onward.end());
    call.on('cancelled', () => onward.cancel());
    onward.on('data', (message: Buffer) => {
      bytes += message.length;
      call.write(message);
    });
    onward.on('error', (error: Error & { code?: number; details?: string }) => {
      call.emit('error', { code: error.code ?? status.UNKNOWN, details: error.details ?? '' });
    });
    onward.on('end', () => call.end());
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
      const counted = { calls, bytes };
      calls = {};
      bytes = 0;
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
