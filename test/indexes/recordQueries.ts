import { Server, ServerCredentials, type ServerDuplexStream, type ServerWritableStream } from '@grpc/grpc-js';
import { loadSync } from 'protobufjs';
import { z } from 'zod';
import { type DescribedQuery } from './describedQuery';
import { describeQuery, structuredQuerySchema } from './describeQuery';

export interface QueryRecorder {
  readonly host: string;
  readonly port: number;
  /** The queries that came in since the last call. */
  take(): DescribedQuery[];
  stop(): void;
}

const queryTarget = z.object({ structuredQuery: structuredQuerySchema });
const aggregation = z.object({
  structuredAggregationQuery: queryTarget.extend({ aggregations: z.array(z.object({ alias: z.string() })) }),
});
const listenRequest = z.object({
  addTarget: z.object({ targetId: z.int(), query: queryTarget.nullish() }).nullish(),
});

/**
 * A Firestore that knows no document and notes every query: what a client library sends is the query as the database
 * gets it, whatever it was built with, in a format that is public and does not change with the library's insides. It
 * answers queries, counts and listeners with nothing, and knows no other method.
 */
export async function recordQueries(): Promise<QueryRecorder> {
  let recorded: DescribedQuery[] = [];
  const note = (query: z.infer<typeof structuredQuerySchema>): void => {
    recorded.push(describeQuery(query));
  };
  const now = (): object => ({ seconds: Math.floor(Date.now() / 1000), nanos: 0 });
  const server = new Server();
  server.addService(service, {
    RunQuery: (call: ServerWritableStream<unknown, object>) => {
      note(queryTarget.parse(call.request).structuredQuery);
      call.write({ readTime: now() });
      call.end();
    },
    RunAggregationQuery: (call: ServerWritableStream<unknown, object>) => {
      const { structuredQuery, aggregations } = aggregation.parse(call.request).structuredAggregationQuery;
      note(structuredQuery);
      const none = aggregations.map(({ alias }) => [alias, { integerValue: 0 }] as const);
      call.write({ readTime: now(), result: { aggregateFields: Object.fromEntries(none) } });
      call.end();
    },
    Listen: (call: ServerDuplexStream<unknown, object>) => {
      call.on('data', (message: unknown) => {
        const { addTarget } = listenRequest.parse(message);
        if (addTarget == null) return;
        if (addTarget.query != null) note(addTarget.query.structuredQuery);
        const targetIds = [addTarget.targetId];
        const resumeToken = Buffer.from('nothing');
        call.write({ targetChange: { targetChangeType: 'ADD', targetIds } });
        call.write({
          targetChange: { targetChangeType: 'CURRENT', targetIds, resumeToken, readTime: now() },
        });
        call.write({ targetChange: { targetChangeType: 'NO_CHANGE', resumeToken, readTime: now() } });
      });
      call.on('end', () => call.end());
    },
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
  return {
    host: `127.0.0.1:${port}`,
    port,
    take: () => {
      const taken = recorded;
      recorded = [];
      return taken;
    },
    stop: () => server.forceShutdown(),
  };
}

/** Google's own description of the protocol, as it comes with the Admin SDK. */
const root = loadSync(require.resolve('@google-cloud/firestore/build/protos/v1.json'));

function method(name: string, streams: { requestStream: boolean; responseStream: boolean }) {
  const rpc = root.lookupService('google.firestore.v1.Firestore').methods[name];
  if (rpc === undefined) throw new Error(`Firestore has no method ${name}`);
  const request = root.lookupType(`google.firestore.v1.${rpc.requestType}`);
  const response = root.lookupType(`google.firestore.v1.${rpc.responseType}`);
  const encode = (value: object): Buffer => Buffer.from(response.encode(response.fromObject(value)).finish());
  const decode = (bytes: Buffer): object => request.toObject(request.decode(bytes), { enums: String });
  return {
    path: `/google.firestore.v1.Firestore/${name}`,
    ...streams,
    requestSerialize: (value: object) => Buffer.from(request.encode(request.fromObject(value)).finish()),
    requestDeserialize: decode,
    responseSerialize: encode,
    responseDeserialize: (bytes: Buffer) => response.decode(bytes),
  };
}

const service = {
  RunQuery: method('RunQuery', { requestStream: false, responseStream: true }),
  RunAggregationQuery: method('RunAggregationQuery', { requestStream: false, responseStream: true }),
  Listen: method('Listen', { requestStream: true, responseStream: true }),
};
