package org.headgate.uplink.api;

import org.osgi.annotation.versioning.ProviderType;

/** Hears how the test of a way to a server goes on. Called from the thread that runs {@link Transport#test}. */
@ProviderType
public interface LinkTrial {
    /** A step is taken now, and the one before has succeeded: {@code find broker.example}, {@code log in}. */
    void begins(String step);

    /** What the user should know of the step that is being taken, though it does not fail. */
    void note(String line);
}
