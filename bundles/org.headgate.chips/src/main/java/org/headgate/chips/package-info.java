/**
 * Chips whose registers alone say little: calibration and conversion, each as its data sheet has it. Pure code: a {@link
 * org.headgate.chips.Chip} talks over a {@link org.headgate.chips.Wire} that a driver gives it.
 */
@Export
@Version("1.0.0")
package org.headgate.chips;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
