// Part of each suite while branches are counted: what it imported from functions/src ran in a world of its own.
afterAll(require('./keepCounts.cjs'));
