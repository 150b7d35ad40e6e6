/** The commands of the console, free of Karaf: each is a service that the console registers. */
package org.headgate.commands;
