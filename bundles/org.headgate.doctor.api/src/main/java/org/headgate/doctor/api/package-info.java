/**
 * What the doctor asks: each part of the gateway that knows what usually goes wrong with it offers a {@link HealthCheck}, drivers
 * included. {@code gateway:doctor} runs them all and shows what they found. A check has no side effects, and may block for seconds.
 */
@Export
@Version("1.0.0")
package org.headgate.doctor.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
