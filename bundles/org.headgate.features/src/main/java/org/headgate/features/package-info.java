/** Keeps the installed drivers what {@code headgate.gateway.cfg} wants them to be. */
package org.headgate.features;
