/** Streams, publishers and subscriptions in memory: {@link org.headgate.stream.api.StreamBus}. */
package org.headgate.stream.bus;
