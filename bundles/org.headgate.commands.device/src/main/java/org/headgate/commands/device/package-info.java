/** The console's commands for devices and their channels. */
package org.headgate.commands.device;
