/** The configured devices: polling, time-outs, back-off, states and writes. One loop per device; only {@code Calls} block. */
package org.headgate.device.runtime;
