package org.headgate.rule.engine;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.headgate.data.api.Row;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.DeviceState;
import org.headgate.device.api.DeviceStatus;
import org.headgate.device.api.Devices;
import org.headgate.device.api.PollStatistics;
import org.headgate.device.api.Supervision;

/** One device that runs, or none yet. */
final class OneDevice implements Devices {
    private Optional<DeviceStatus> running = Optional.empty();

    void run(String name, String... channels) {
        List<Channel> all = Stream.of(channels)
                .map(channel -> Channel.readable(channel, channel, Type.DOUBLE, ""))
                .toList();
        running = Optional.of(new DeviceStatus(
                name, "simulator", "", "", new DeviceState.Online(), 0, all, 0, Supervision.NONE, false));
    }

    @Override
    public List<DeviceStatus> list() {
        return running.stream().toList();
    }

    @Override
    public Optional<DeviceStatus> device(String name) {
        return running.filter(one -> one.name().equals(name));
    }

    @Override
    public CompletionStage<Row> read(String device) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PollStatistics polls() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void resetPolls() {
        throw new UnsupportedOperationException();
    }
}
