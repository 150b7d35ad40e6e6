/**
 * The stream bus: named streams of rows, each with one producer and any number of bounded subscriptions.
 *
 * <p>{@code org.headgate.stream.bus} implements it; the device runtime and the rule engine publish, the rule engine,
 * uplinks and the console subscribe. All methods may be called from any thread; a {@link RowConsumer} is called on its
 * subscription's own loop, never by two threads at a time.
 */
@Export
@Version("1.2.0")
package org.headgate.stream.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
