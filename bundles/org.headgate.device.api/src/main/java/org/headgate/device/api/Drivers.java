package org.headgate.device.api;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The drivers of this gateway: one version of each at a time, changed one after the other. What is changed here is written into
 * {@code drivers} of {@code headgate.gateway.cfg}, and outlives a restart and a lost cache. Thread-safe.
 */
@ProviderType
public interface Drivers {
    /** Drivers that are wanted, installed, kept or part of the distribution, sorted by name. Asks no device; may take a moment. */
    List<DriverStatus> list();

    /**
     * Changes a driver, after the changes that wait already. A change that cannot be completed leaves everything as it was.
     *
     * @param request what to do
     * @param touchingOthers whether bundles that are not the driver's own may be restarted, where there are such
     * @param before is told what will happen before it does, on a thread of its own; it must not block for long
     * @return what has happened; fails with one line for the user
     */
    CompletionStage<DriverChange> change(DriverRequest request, boolean touchingOthers, Consumer<DriverChange> before);

    /**
     * The same on behalf of a user, whose name stands in the list of revisions.
     *
     * @param by who asks for it
     */
    default CompletionStage<DriverChange> change(
            DriverRequest request, String by, boolean touchingOthers, Consumer<DriverChange> before) {
        return change(request, touchingOthers, before);
    }

    /** What a person should look at, one line each: wanted drivers that are not there, files that are no drivers. */
    List<String> warnings();
}
