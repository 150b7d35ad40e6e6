/**
 * What commands have in common: how values and rows are shown, how rows are watched, how a change of the set-up is made and
 * reported, how an instance is named,
 * switched and removed, who reads it, and how its keys are typed; and how devices are made of what a
 * driver has found. Pure code; used by the bundles of commands, drivers' included, from the threads of sessions.
 */
@Export
@Version("2.0.0")
package org.headgate.commands.kit;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
