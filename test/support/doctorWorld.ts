import { JOB_PERIODS } from '../../functions/src/domain/queues/jobPeriods';
import { type Patient } from '../../functions/src/usecases/doctor/patient';
import { readFunctionsEnvironment } from '../../local/stack/readFunctionsEnvironment';
import { DoctorProject, projectFiles, serveProject } from './doctorProject';
import { openFunctionsFirestore } from './functionsFirestore';
import { control } from './sandboxControl';
import { type Harness, startHarness } from './webhookHarness';

/** The local stack's settings and secrets. */
export const LOCAL = readFunctionsEnvironment();

/** A deployment that a test makes ill. What plants a fault gives the fields of the patient that it changes. */
export interface DoctorWorld {
  readonly harness: Harness;
  /** The project as Google tells of it. */
  google(): DoctorProject;
  /** All is well again. */
  heal(): Promise<void>;
  /** A deployment in which all is well: the local stack's values, and a project that has what the files say. */
  healthy(): Patient;
  /** Writes a document. */
  stored(path: string, data: object): Promise<Partial<Patient>>;
  /** Changes what the provider sandbox was told. */
  sandbox(path: string, body: object): Promise<Partial<Patient>>;
  stripeEndpoint(fields: object): Promise<Partial<Patient>>;
  sendgridWebhook(fields: object): Promise<Partial<Patient>>;
  stop(): Promise<void>;
}

export async function startDoctorWorld(): Promise<DoctorWorld> {
  const harness = await startHarness({}, 'health');
  const firestore = openFunctionsFirestore(harness.projectId);
  let google = new DoctorProject();
  const project = await serveProject(() => google);
  const sandbox = async (path: string, body: object): Promise<Partial<Patient>> => {
    await control(harness.sandbox, 'PUT', path, body);
    return {};
  };
  return {
    harness,
    google: () => google,
    heal: async () => {
      google = new DoctorProject();
      const now = new Date();
      for (const jobName of Object.keys(JOB_PERIODS))
        await harness.db
          .doc(`cron_leases/${jobName}`)
          .set({ owner: null, token: 3, acquiredAt: now, heartbeatAt: now, expiresAt: now });
      await harness.db.doc('system_config/plans').delete();
      await harness.db.doc('system_config/bank_rates').delete();
      await control(harness.sandbox, 'POST', 'reset', {});
    },
    healthy: () => ({
      isReal: false,
      db: firestore.db,
      now: new Date('2026-11-30T12:00:00Z'),
      settings: LOCAL,
      secret: (name) => Promise.resolve(LOCAL[name] ?? null),
      samples: LOCAL,
      sandboxOrigin: harness.sandbox.origin,
      project: project.api,
      ...projectFiles,
    }),
    stored: async (path, data) => {
      await harness.db.doc(path).set(data);
      return {};
    },
    sandbox,
    stripeEndpoint: (fields) =>
      sandbox('stripe/objects/we_recoup_local', {
        id: 'we_recoup_local',
        object: 'webhook_endpoint',
        enabled_events: ['*'],
        status: 'enabled',
        url: 'https://app.recoup.example/api/webhook/stripe',
        ...fields,
      }),
    sendgridWebhook: async (fields) => {
      const response = await fetch(`${harness.sandbox.origin}/_sandbox/sendgrid/webhooks`);
      const [webhook = {}] = (await response.json()) as object[];
      return sandbox('sendgrid/webhooks', [{ ...webhook, ...fields }]);
    },
    stop: async () => {
      await project.stop();
      await firestore.close();
      await harness.stop();
    },
  };
}
