package org.headgate.commands;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.headgate.data.api.Row;
import org.headgate.device.api.DeviceState;
import org.headgate.device.api.DeviceStatus;
import org.headgate.device.api.Devices;
import org.headgate.device.api.PollStatistics;
import org.headgate.device.api.Supervision;

/** A gateway whose one device, spare, is switched off. */
final class OneDevice implements Devices {
    @Override
    public List<DeviceStatus> list() {
        return List.of(new DeviceStatus(
                "spare", "simulator", "", "", new DeviceState.Disabled(), 0, List.of(), 0, Supervision.NONE, false));
    }

    @Override
    public Optional<DeviceStatus> device(String name) {
        return list().stream().filter(device -> device.name().equals(name)).findFirst();
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
