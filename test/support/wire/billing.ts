import { createRequire } from 'node:module';
import { Root, type Type } from 'protobufjs';

/** Documents as Firestore bills them. A query that finds nothing is one read; so is a document that is not there. */
export interface Billed {
  readonly reads: number;
  readonly writes: number;
  readonly deletes: number;
}

/** What one message on the wire says of documents: the collections that they are in. */
export interface BilledMessage {
  /** Documents that were read. */
  readonly read: readonly string[];
  readonly written: readonly string[];
  readonly deleted: readonly string[];
  /** The collection that a query asks for: it costs one read also when it finds nothing. */
  readonly asked: string | null;
}

const NOTHING: BilledMessage = { read: [], written: [], deleted: [], asked: null };

const protos = createRequire(__filename)('@google-cloud/firestore/build/protos/v1.json') as Parameters<
  typeof Root.fromJSON
>[0];
const root = Root.fromJSON(protos);
const type = (name: string): Type => root.lookupType(`google.firestore.v1.${name}`);

const commit = type('CommitRequest');
const batchWrite = type('BatchWriteRequest');
const found = type('BatchGetDocumentsResponse');
const query = type('RunQueryRequest');
const row = type('RunQueryResponse');
const sum = type('RunAggregationQueryRequest');

interface Decoded {
  readonly writes?: readonly {
    readonly update?: { readonly name: string } | null;
    readonly delete?: string;
  }[];
  readonly found?: { readonly name: string } | null;
  readonly missing?: string;
  readonly document?: { readonly name: string } | null;
  readonly structuredQuery?: { readonly from?: readonly { readonly collectionId: string }[] } | null;
  readonly structuredAggregationQuery?: {
    readonly structuredQuery?: { readonly from?: readonly { readonly collectionId: string }[] } | null;
  } | null;
}

/**
 * Reads a client's message to Firestore.
 *
 * @param bytes of the gRPC message
 */
export function billedRequest(method: string, bytes: Buffer): BilledMessage {
  switch (method) {
    case 'Commit':
    case 'BatchWrite': {
      const { writes = [] } = decode(method === 'Commit' ? commit : batchWrite, bytes);
      return {
        ...NOTHING,
        written: writes.flatMap(({ update }) => (update == null ? [] : [collectionOf(update.name)])),
        deleted: writes.flatMap((write) => (write.delete ? [collectionOf(write.delete)] : [])),
      };
    }
    case 'RunQuery':
      return { ...NOTHING, asked: decode(query, bytes).structuredQuery?.from?.[0]?.collectionId ?? '' };
    case 'RunAggregationQuery': {
      const { structuredAggregationQuery } = decode(sum, bytes);
      return {
        ...NOTHING,
        asked: structuredAggregationQuery?.structuredQuery?.from?.[0]?.collectionId ?? '',
      };
    }
    default:
      return NOTHING;
  }
}

/** Reads Firestore's answer. */
export function billedResponse(method: string, bytes: Buffer): BilledMessage {
  if (method === 'BatchGetDocuments') {
    const answer = decode(found, bytes);
    const name = answer.found?.name ?? answer.missing ?? '';
    return name === '' ? NOTHING : { ...NOTHING, read: [collectionOf(name)] };
  }
  if (method === 'RunQuery') {
    const { document } = decode(row, bytes);
    return document == null ? NOTHING : { ...NOTHING, read: [collectionOf(document.name)] };
  }
  return NOTHING;
}

function decode(as: Type, bytes: Buffer): Decoded {
  return as.decode(bytes) as unknown as Decoded;
}

/** `…/documents/cron_runs/x/pages/1` is in `cron_runs`: what lies below a document goes with it. */
function collectionOf(name: string): string {
  return name.split('/documents/')[1]?.split('/')[0] ?? '';
}
