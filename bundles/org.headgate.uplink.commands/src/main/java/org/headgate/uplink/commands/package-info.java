/** Commands through a broker: the same as on the console, as far as the uplink allows them, each of them once. */
package org.headgate.uplink.commands;
