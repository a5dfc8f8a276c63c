import { parseArgs } from 'node:util';
import { type Command, type CommandOptions } from './ops/command';
import { COMMANDS } from './ops/commands';
import { opsTarget } from './ops/opsTarget';
import { runCommand } from './stack/runCommand';
import { StartError } from './stack/startError';

/**
 * `npm run ops -- <command>`: an operator's hands, on the running local stack or, with --project, on a real project, which
 * is asked for before anything is written there.
 */
async function ops(): Promise<number> {
  const { values, positionals } = readCommandLine();
  const name = [positionals.slice(0, 2).join(' '), positionals[0] ?? ''].find((words) =>
    Object.hasOwn(COMMANDS, words),
  );
  const command = name === undefined ? undefined : COMMANDS[name];
  if (name === undefined || command === undefined) throw new StartError(usage());
  const words = positionals.slice(name.split(' ').length);
  if (words.length > command.words)
    throw new StartError(
      `That is more than the command takes: ${words.slice(command.words).join(' ')}\nUsage: npm run ops -- ${command.usage}`,
    );
  const foreign = Object.keys(values).find((option) => !takes(command, option));
  if (foreign !== undefined)
    throw new StartError(`The command takes no --${foreign}.\nUsage: npm run ops -- ${command.usage}`);
  const target = opsTarget(values.project);
  const options: CommandOptions = {
    status: values.status,
    reason: values.reason,
    dryRun: values['dry-run'],
    undo: values.undo,
    confirm: values.confirm,
    all: values.all,
    invoice: values.invoice,
    operator: () => {
      if (values.as === undefined) throw new StartError('Who calls? Name an admin with --as <email>.');
      if (target.isReal && values['api-key'] === undefined)
        throw new StartError('A real project wants its web API key to sign in: --api-key <key>.');
      return { email: values.as, apiKey: values['api-key'] ?? 'local' };
    },
  };
  const result = await command.run(target, words, options);
  print(values.json === true ? result : (command.show?.(result) ?? result), values.json === true);
  return command.failed?.(result) === true ? 1 : 0;
}

/** A command takes what its usage names, and what all take: an option that it would not look at is a mistake, --dry-run above all. */
function takes({ usage }: Command, option: string): boolean {
  return ['json', 'project', 'as', 'api-key'].includes(option) || usage.includes(`--${option}`);
}

function readCommandLine() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        project: { type: 'string' },
        json: { type: 'boolean' },
        as: { type: 'string' },
        'api-key': { type: 'string' },
        status: { type: 'string' },
        reason: { type: 'string' },
        'dry-run': { type: 'boolean' },
        undo: { type: 'boolean' },
        confirm: { type: 'boolean' },
        all: { type: 'boolean' },
        invoice: { type: 'string' },
      },
    });
  } catch (error) {
    throw new StartError(`${error instanceof Error ? `${error.message}\n` : ''}${usage()}`);
  }
}

function usage(): string {
  const lines = Object.values(COMMANDS).map((command) => `  npm run ops -- ${command.usage}`);
  return ['Usage (all take --json, and --project <id> for a real project):', ...lines].join('\n');
}

function print(result: unknown, asJson: boolean): void {
  if (asJson) console.log(JSON.stringify(result));
  else if (typeof result === 'string') console.log(result);
  else if (Array.isArray(result) && result.length === 0) console.log('none');
  else console.table(Array.isArray(result) ? result.map(flat) : flat(result));
}

/** A row of a table: what lies deeper is written out in its cell. */
function flat(row: unknown): unknown {
  if (typeof row !== 'object' || row === null) return row;
  const cell = (value: unknown): unknown =>
    typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, cell(value)]));
}

runCommand(ops);
