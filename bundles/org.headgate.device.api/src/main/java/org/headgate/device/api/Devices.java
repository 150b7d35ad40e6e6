package org.headgate.device.api;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.headgate.data.api.Row;
import org.osgi.annotation.versioning.ProviderType;

/** The configured devices. Thread-safe; nothing here blocks. */
@ProviderType
public interface Devices {
    /** All devices, sorted by name, those that are INVALID or DISABLED included. */
    List<DeviceStatus> list();

    /** One device. */
    Optional<DeviceStatus> device(String name);

    /** Reads all channels now, beside the polls; fails with one line for the user. */
    CompletionStage<Row> read(String device);

    /**
     * Writes a channel, ahead of waiting reads, after checking its type, range and access.
     *
     * @param value the value as text, as typed or as it stands in a command
     * @param origin who asks, for the audit log, for example {@code console:admin}
     */
    CompletionStage<WriteResult> write(String device, String channel, String value, String origin);
}
