import { checkCatalogue } from './checkCatalogue';
import { checkConfiguration } from './checkConfiguration';
import { checkJobs } from './checkJobs';
import { checkProject } from './checkProject';
import { checkSecrets } from './checkSecrets';
import { checkWebhooks } from './checkWebhooks';
import { checkNames, type Finding } from './finding';
import { type Patient } from './patient';

/**
 * Looks a deployment over, and changes nothing: settings, secrets, indexes, rules, what the providers were told, what
 * operators keep, and whether the jobs run. No function is deployed with it: an operator's command runs it, also when
 * nothing else runs.
 *
 * @returns what is wrong, in the order of `checkNames`; nothing when all is well
 */
export async function examine(patient: Patient): Promise<Finding[]> {
  const asked = await Promise.all([
    checkSecrets(patient),
    checkProject(patient),
    checkWebhooks(patient),
    checkCatalogue(patient),
    checkJobs(patient),
  ]);
  const findings = [checkConfiguration(patient), ...asked].flat();
  return findings.sort((one, other) => checkNames.indexOf(one.check) - checkNames.indexOf(other.check));
}
