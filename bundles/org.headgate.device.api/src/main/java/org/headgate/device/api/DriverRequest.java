package org.headgate.device.api;

import java.nio.file.Path;

/** A change of a driver that somebody asks for. */
public sealed interface DriverRequest {
    /** What a file may do. */
    enum Purpose {
        /** Bring a driver that is not installed. */
        INSTALL,
        /** Bring another version of one that is. */
        UPDATE,
        /** Either. */
        EITHER
    }

    /** Install the version that comes with the distribution, or else the one that was kept. */
    record Named(String name) implements DriverRequest {}

    /** Install what is in a file: a bundle ({@code .jar}) or an archive of Karaf with one feature ({@code .kar}). */
    record FromFile(Path file, Purpose purpose) implements DriverRequest {}

    /** Go back to the version before; asked again, forth. */
    record Rollback(String name) implements DriverRequest {}

    /** Uninstall; the version is kept for a rollback. */
    record Remove(String name) implements DriverRequest {}
}
