/** A simulated boiler, deterministic from its seed and the clock. */
package org.headgate.driver.simulator;
