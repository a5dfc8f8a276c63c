import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as grpc from '@grpc/grpc-js';
import { Root } from 'protobufjs';
import { repositoryRoot } from '../../../local/stack/repositoryRoot';
import { sealBytes, unsealBytes } from '../../../functions/src/platform/sealedValue';
import { kmsKeyProvider } from '../../../functions/src/providers/keys/kmsKeyProvider';

/** The functions' own packages: the client takes only the credentials of its own copy of gRPC. */
const ofFunctions = createRequire(join(repositoryRoot, 'functions/package.json'));
const { KeyManagementServiceClient } = ofFunctions('@google-cloud/kms') as {
  KeyManagementServiceClient: new (options: object) => KmsClient;
};
const { Server, ServerCredentials, credentials } = ofFunctions('@grpc/grpc-js') as typeof grpc;

type KmsClient = Parameters<typeof kmsKeyProvider>[0] & { close(): Promise<void> };

const NAME = 'projects/demo/locations/europe-west2/keyRings/recoup/cryptoKeys/contact';
const KEK = Buffer.alloc(32, 5);

interface Asked {
  readonly name: string;
  readonly plaintext: Uint8Array;
  readonly ciphertext: Uint8Array;
  readonly additionalAuthenticatedData: Uint8Array;
}

describe('keys that Cloud KMS wraps, through its own client', () => {
  const asked: string[] = [];
  const server = new Server();
  let client: KmsClient;

  beforeAll(async () => {
    const root = Root.fromJSON(
      ofFunctions('@google-cloud/kms/build/protos/protos.json') as Parameters<typeof Root.fromJSON>[0],
    );
    const method = (name: string, answer: (request: Asked) => object) => {
      const [takes, gives] = ['Request', 'Response'].map((end) =>
        root.lookupType(`google.cloud.kms.v1.${name}${end}`),
      );
      if (takes === undefined || gives === undefined) throw new Error('Cloud KMS has no such method');
      const definition = {
        path: `/google.cloud.kms.v1.KeyManagementService/${name}`,
        requestStream: false,
        responseStream: false,
        requestDeserialize: (bytes: Buffer) => takes.toObject(takes.decode(bytes)) as Asked,
        responseSerialize: (value: object) => Buffer.from(gives.encode(gives.create(value)).finish()),
        requestSerialize: (value: object) => Buffer.from(takes.encode(takes.create(value)).finish()),
        responseDeserialize: (bytes: Buffer) => gives.toObject(gives.decode(bytes)),
      };
      server.addService(
        { [name]: definition },
        {
          [name]: (call: { request: Asked }, done: (error: object | null, value?: object) => void) => {
            asked.push(`${name} ${call.request.name}`);
            try {
              done(null, answer(call.request));
            } catch {
              done({ code: 3, details: 'Decryption failed' });
            }
          },
        },
      );
    };
    const about = ({ additionalAuthenticatedData: aad }: Asked): string => Buffer.from(aad).toString();
    method('Encrypt', (request) => ({ ciphertext: sealBytes(KEK, about(request), request.plaintext) }));
    method('Decrypt', (request) => ({ plaintext: unsealBytes(KEK, about(request), request.ciphertext) }));
    const port = await new Promise<number>((resolve, reject) => {
      server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => {
        if (error === null) resolve(bound);
        else reject(error);
      });
    });
    client = new KeyManagementServiceClient({
      apiEndpoint: '127.0.0.1',
      port,
      sslCreds: credentials.createInsecure(),
      projectId: 'demo',
    });
  });
  afterAll(async () => {
    await client.close();
    server.forceShutdown();
  });

  it('come back as they were, for what they were wrapped for and nothing else', async () => {
    const provider = kmsKeyProvider(client, NAME);
    const key = Buffer.alloc(32, 3);
    const wrapped = await provider.wrap(key, 'data_keys/ada/1');
    expect(Buffer.from(wrapped).includes(key)).toBe(false);
    expect(Buffer.from(await provider.unwrap(wrapped, 'data_keys/ada/1'))).toEqual(key);
    expect(asked).toEqual([`Encrypt ${NAME}`, `Decrypt ${NAME}`]);
    await expect(provider.unwrap(wrapped, 'data_keys/bea/1')).rejects.toThrow('Decryption failed');
  });
});
