/** The stream {@code gateway-events}: what happens to the gateway itself, as rows. */
package org.headgate.events;
