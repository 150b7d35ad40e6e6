package org.headgate.driver.opcua;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.headgate.config.api.kit.MemoryConfigurations;
import org.headgate.data.api.Row;
import org.headgate.device.api.Commissioning;
import org.headgate.device.api.DeviceState;
import org.headgate.device.api.DeviceStatus;
import org.headgate.device.api.Devices;
import org.headgate.device.api.Discoveries;
import org.headgate.device.api.EffectiveSetting;
import org.headgate.device.api.PollStatistics;
import org.headgate.device.api.Search;
import org.headgate.device.api.Supervision;
import org.headgate.device.api.Trial;

/** The devices as their files say them. */
record Known(MemoryConfigurations configurations) implements Devices, Commissioning {
    @Override
    public List<DeviceStatus> list() {
        return configurations.files().stream()
                .map(file -> new DeviceStatus(
                        file.replaceAll("headgate.device-|.cfg", ""),
                        configurations.value(file, "driver").orElse(""),
                        "",
                        "",
                        new DeviceState.Connecting(),
                        0,
                        List.of(),
                        0,
                        Supervision.NONE,
                        false))
                .toList();
    }

    @Override
    public List<EffectiveSetting> settings(String device) {
        return configurations.values("headgate.device-" + device + ".cfg").entrySet().stream()
                .map(entry -> new EffectiveSetting(entry.getKey(), entry.getValue(), List.of()))
                .toList();
    }

    @Override
    public Optional<DeviceStatus> device(String name) {
        return list().stream().filter(one -> one.name().equals(name)).findFirst();
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

    @Override
    public CompletionStage<Row> read(String device, List<String> channels) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Trial> test(String device) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Discoveries> discover(Search search) {
        throw new UnsupportedOperationException();
    }
}
