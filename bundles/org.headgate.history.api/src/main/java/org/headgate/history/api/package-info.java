/**
 * The recent past: rows of chosen streams that were kept on disk, for plots and for trying rules. {@code org.headgate.history} keeps them, the console
 * reads them. All methods may be called from any thread, and reading blocks on the disk: never on a loop.
 */
@Export
@Version("1.0.0")
package org.headgate.history.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
