/** The transport {@code mqtt}. */
package org.headgate.uplink.mqtt;
