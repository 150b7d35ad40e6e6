/**
 * The console: the only bundle with Karaf's types. A command is a {@link org.headgate.console.ConsoleCommand} component
 * of this bundle; {@link org.headgate.console.ShellCommands} puts it into Karaf's shell with a parser that leaves its
 * words untouched, and {@link org.headgate.console.ExecEndpoint} lets {@code bin/headgate exec} run any command fast.
 */
package org.headgate.console;
