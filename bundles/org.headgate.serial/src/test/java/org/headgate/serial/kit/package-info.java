/** A serial line with a peer, for tests of drivers. */
package org.headgate.serial.kit;
