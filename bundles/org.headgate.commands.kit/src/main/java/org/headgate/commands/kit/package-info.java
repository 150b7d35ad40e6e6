/**
 * What commands have in common: how values and rows are shown, how rows are watched, how a change of the set-up is made and
 * reported, how an instance is named,
 * switched and removed, who reads it, and how its keys are typed. Pure code; used by the bundles of commands, from the threads of sessions.
 */
@Export
@Version("1.2.0")
package org.headgate.commands.kit;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
