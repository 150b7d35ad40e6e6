package org.headgate.device.api;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.headgate.data.api.Row;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What an engineer asks while devices are set up: what is there, what counts, whether it works. Thread-safe; nothing here blocks.
 * What fails, fails with one line for the user.
 */
@ProviderType
public interface Commissioning {
    /**
     * Reads channels of a device now, beside the polls.
     *
     * @param channels their names; all that can be read where it is empty
     * @return a row with all columns of the device's stream; those that were not asked for are ABSENT
     */
    CompletionStage<Row> read(String device, List<String> channels);

    /**
     * The settings that count for a device, and where each comes from: the keys of its file in the file's order, then what its file does
     * not say, then the channels. Empty when there is no such device. As much as is known while its driver is not there, or its file is
     * wrong.
     */
    List<EffectiveSetting> settings(String device);

    /**
     * The last published row in which a channel was there: what is measured at different times is in different rows. Empty before the
     * first.
     */
    default Optional<Row> last(String device, String channel) {
        return Optional.empty();
    }

    /**
     * Closes the device's connection where one is open, opens it and reads every channel once, on the device's own loop and in turn on
     * its bus: a medium that takes one connection only is never asked for two. A device that is DISABLED is closed again, any other goes
     * on with the new connection. A device that does not answer is no failure of the stage: the {@link Trial} says so.
     */
    CompletionStage<Trial> test(String device);

    /**
     * Looks for devices. Places are searched side by side, each in turn on its bus; what was found until the patience is over counts.
     * A place that cannot be searched is no failure of the stage: {@link Discoveries#failures} says so. Cancelling the stage's
     * {@link CompletionStage#toCompletableFuture future} ends the search, as far as its driver can be interrupted; until it returns it
     * keeps its bus.
     */
    CompletionStage<Discoveries> discover(Search search);
}
