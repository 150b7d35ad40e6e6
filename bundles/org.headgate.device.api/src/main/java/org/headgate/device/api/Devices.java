package org.headgate.device.api;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.headgate.data.api.Row;
import org.osgi.annotation.versioning.ProviderType;

/** The configured devices. Thread-safe; nothing here blocks. To write, see {@code org.headgate.command.api}. */
@ProviderType
public interface Devices {
    /** All devices, sorted by name, those that are INVALID or DISABLED included. */
    List<DeviceStatus> list();

    /** One device. */
    Optional<DeviceStatus> device(String name);

    /** Reads all channels now, beside the polls; fails with one line for the user. */
    CompletionStage<Row> read(String device);

    /** How punctual the polls are. */
    PollStatistics polls();

    /** Begins to measure the punctuality of the polls anew. */
    void resetPolls();
}
