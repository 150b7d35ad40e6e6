/** The configured uplinks: bus, outbox log, format and transport joined and supervised, each on a loop of its own. */
package org.headgate.uplink.runtime;
