/**
 * How an instance (a device, a rule, an uplink) reads its settings and says what is wrong with them, and the service
 * that edits the files behind them.
 *
 * <p>An instance is a Declarative Services component of a factory PID such as {@code headgate.device}; the loader in
 * {@code org.headgate.config} gives it the raw text of every key of its file, and {@link Instance} turns that into a
 * name and checked {@link Settings}. {@link Configurations}, {@link Secrets} and {@link Gateway} are implemented by
 * {@code org.headgate.config} and may be called from any thread; {@link Settings} belongs to one thread.
 */
@Export
@Version("1.4.0")
package org.headgate.config.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
