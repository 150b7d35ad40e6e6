package org.headgate.uplink.api;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** Tests configured uplinks. Thread-safe. */
@ProviderType
public interface UplinkTrials {
    /**
     * Tries the way to an uplink's server and back with the uplink's own settings, beside its link, be it switched on or not.
     *
     * @return the steps in their order, of which the last may have failed; fails with one line for the user when there is no such
     *     uplink or nothing to try it with
     */
    CompletionStage<List<TrialStep>> test(String uplink);
}
