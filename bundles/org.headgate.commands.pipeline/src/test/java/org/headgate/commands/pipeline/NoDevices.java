package org.headgate.commands.pipeline;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.headgate.data.api.Row;
import org.headgate.device.api.DeviceStatus;
import org.headgate.device.api.Devices;
import org.headgate.device.api.PollStatistics;

/** A gateway without devices. */
final class NoDevices implements Devices {
    @Override
    public List<DeviceStatus> list() {
        return List.of();
    }

    @Override
    public Optional<DeviceStatus> device(String name) {
        return Optional.empty();
    }

    @Override
    public CompletionStage<Row> read(String device) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PollStatistics polls() {
        return new PollStatistics(0, 0, 0, 0, 0);
    }

    @Override
    public void resetPolls() {
        // Nothing is counted.
    }
}
