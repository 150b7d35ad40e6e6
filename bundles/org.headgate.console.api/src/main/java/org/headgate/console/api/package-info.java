/**
 * Commands of the console, free of Karaf: a bundle that offers a {@link ConsoleCommand} service has a command, with untouched
 * words, options anywhere, completion, {@code --json} and an exit status.
 *
 * <p>{@code org.headgate.console} registers them with Karaf's shell, {@code org.headgate.uplink.commands} has them run through a broker; any
 * bundle may implement them, drivers included. A command is called from the threads of sessions, several at once.
 */
@Export
@Version("1.1.0")
package org.headgate.console.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
