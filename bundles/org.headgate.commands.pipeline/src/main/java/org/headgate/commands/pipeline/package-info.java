/** The console's commands for rules and uplinks. */
package org.headgate.commands.pipeline;
