/** Simulated machines, mirrored devices and recordings, deterministic from a seed and the clock, with faults from a script. */
package org.headgate.driver.simulator;
