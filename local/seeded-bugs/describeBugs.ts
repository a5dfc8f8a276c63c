import { allBugs } from './allBugs';

/** The table of docs/guarantees.md: each planted bug, where it is planted, and which suites have to notice it. */
export function describeBugs(): string {
  const rows = allBugs.map(
    ({ name, file, suites }) =>
      `| \`${name}\` | ${file.split('/').at(-1) ?? file} | ${suites.map(short).join(', ')} |`,
  );
  return ['| bug | planted in | noticed by |', '| --- | --- | --- |', ...rows].join('\n');
}

function short(suite: string): string {
  return suite.replace(/^test\//, '').replace(/\/$/, '');
}
