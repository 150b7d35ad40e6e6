package org.headgate.uplink.runtime;

/**
 * What outlives an uplink whose file is edited.
 *
 * @param totals what it has done
 * @param hold which of its rows wait for the clock
 * @param budget what it has spent
 * @param answers what is to be said when there is a link
 */
record Memory(Totals totals, ClockHold hold, Budget budget, Answers answers) {}
