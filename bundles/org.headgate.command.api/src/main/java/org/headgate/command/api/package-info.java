/**
 * What the gateway can be asked to do by the console, by a rule or from the cloud, through one router: each request has an id, says
 * who asks and from where, may expire, is answered, and is written to the audit log.
 *
 * <p>{@code org.headgate.command.router} implements {@link org.headgate.command.api.Commands}; whoever can do something registers a
 * {@link org.headgate.command.api.CommandHandler} service. All methods may be called from any thread and never block.
 */
@Export
@Version("1.1.0")
package org.headgate.command.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
