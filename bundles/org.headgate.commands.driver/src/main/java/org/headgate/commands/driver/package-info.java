/** The console's commands for drivers, profiles and the simulation. */
package org.headgate.commands.driver;
