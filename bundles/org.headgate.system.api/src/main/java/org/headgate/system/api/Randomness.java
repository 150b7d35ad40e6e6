package org.headgate.system.api;

import org.osgi.annotation.versioning.ProviderType;

/** Chance: for jitter and for identifiers. */
@ProviderType
public interface Randomness {
    /** A random number from 0 (inclusive) to 1 (exclusive), good enough for jitter. */
    double nextDouble();

    /** Random bytes that nobody can guess. */
    byte[] bytes(int count);
}
