/** A broker inside the gateway, for the demo and for tests, on the loopback address only. */
package org.headgate.broker;
