/** Sparkplug B 3.0: the gateway as an edge node, its streams as devices. */
package org.headgate.payload.sparkplug;
