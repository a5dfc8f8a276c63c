const { default: Sequencer } = require('@jest/test-sequencer');

/** Suites of minutes, where a whole chase, a thousand races or every kind of fault is played. */
const LONG = /\/test\/(scenarios|properties|faults|rules|subscriptions)\//;

/** Begins with the suites of minutes: begun last, one worker would be left with them and the other without work. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const isLong = ({ path }) => LONG.test(path.replaceAll('\\', '/'));
    return [...sorted.filter(isLong), ...sorted.filter((test) => !isLong(test))];
  }
};
