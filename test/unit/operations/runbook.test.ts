import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMANDS } from '../../../local/ops/commands';
import { alerts } from '../../../local/monitoring/alerts';
import { repositoryRoot } from '../../../local/stack/repositoryRoot';

const read = (path: string): string => readFileSync(join(repositoryRoot, path), 'utf8');
const RUNBOOK = read('docs/runbook.md');
const sections = [...RUNBOOK.matchAll(/^### (.+)$/gm)].map(([, title = '']) => title);

/** Every alert that stands in platform/log.ts, and those of the queues. */
function alertNames(): string[] {
  const text = `${read('functions/src/platform/log.ts')}\n${read('functions/src/domain/queues/queueAlerts.ts')}`;
  return [...new Set([...text.matchAll(/alert: '(\w+)'/g)].map(([, name = '']) => name))];
}

describe('the runbook', () => {
  it('has a section for each alert, once, and none for an alert that there is not', () => {
    const names = alertNames();
    expect(names.length).toBeGreaterThan(15);
    expect(sections.filter((title) => /^\w+$/.test(title)).sort()).toEqual(names.sort());
    expect(new Set(sections).size).toBe(sections.length);
  });

  it('tells in each section what to do', () => {
    const bodies = RUNBOOK.split(/^### /m).slice(1);
    for (const body of bodies)
      expect([body.split('\n')[0], body.length > 80]).toEqual([body.split('\n')[0], true]);
  });

  it('is what the alert policies lead to', () => {
    for (const { name, documentation } of alerts()) {
      const named = [...documentation.matchAll(/`([\w-]+)`/g)].map(([, title = '']) =>
        title.replace(/-/g, ' '),
      );
      const known = named.filter((title) => sections.includes(title));
      expect([name, documentation.includes('docs/runbook.md'), known]).toEqual([name, true, named]);
    }
  });

  const DOCUMENTS = ['docs/runbook.md', 'docs/deploy.md', 'README.md', 'docs/web-client.md'];
  it.each(DOCUMENTS)('%s names only commands that exist, with as many words as they take', (path) => {
    const text = read(path).replace(/\s+/g, ' ');
    const named = [...text.matchAll(/npm run ops -- ([^`|#]+)/g)].map(([, words = '']) => words.trim());
    for (const words of named.filter((one) => !one.startsWith('<command>') && one !== '…')) {
      const [first = '', second = ''] = words.split(' ');
      const name = Object.hasOwn(COMMANDS, `${first} ${second}`) ? `${first} ${second}` : first;
      expect([words, Object.hasOwn(COMMANDS, name)]).toEqual([words, true]);
    }
    if (path === 'docs/runbook.md') {
      expect(named.length).toBeGreaterThan(15);
      // Every command has its use there.
      const unused = Object.keys(COMMANDS).filter((name) => !named.some((words) => words.startsWith(name)));
      expect(unused).toEqual([]);
    }
  });
});
