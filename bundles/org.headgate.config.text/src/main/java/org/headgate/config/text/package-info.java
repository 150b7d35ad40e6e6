/**
 * The text of settings files: what stands in one, and how single keys are changed while every other byte stays. Pure code without
 * state; used by whoever reads or writes {@code headgate.*.cfg} as text.
 */
@Export
@Version("1.0.0")
package org.headgate.config.text;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
