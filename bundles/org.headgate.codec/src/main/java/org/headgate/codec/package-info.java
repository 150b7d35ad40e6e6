/**
 * Encoders and decoders that several bundles need: pure code without services. A writer belongs to one thread at a time.
 */
@Export
@Version("1.4.0")
package org.headgate.codec;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
