package org.headgate.commands.device;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.headgate.config.api.FileName;
import org.headgate.config.api.kit.MemoryConfigurations;
import org.headgate.console.api.Dialogue;
import org.headgate.data.api.Row;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Commissioning;
import org.headgate.device.api.DeviceState;
import org.headgate.device.api.DeviceStatus;
import org.headgate.device.api.Devices;
import org.headgate.device.api.Discovered;
import org.headgate.device.api.Discoveries;
import org.headgate.device.api.DriverChange;
import org.headgate.device.api.DriverRequest;
import org.headgate.device.api.DriverStatus;
import org.headgate.device.api.Drivers;
import org.headgate.device.api.EffectiveSetting;
import org.headgate.device.api.EffectiveSetting.Origin;
import org.headgate.device.api.PollStatistics;
import org.headgate.device.api.Search;
import org.headgate.device.api.Supervision;
import org.headgate.device.api.Trial;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Scheduler;
import org.headgate.system.api.kit.SimulatedSystem;

/** A gateway whose devices are what the files in memory say; a loop's timers run at once. */
final class Site implements Devices, Commissioning, Scheduler {
    final MemoryConfigurations files = new MemoryConfigurations();
    final Map<String, DriverStatus.State> drivers = new LinkedHashMap<>();
    /** What the person at the terminal answers next; nobody is there when it was never filled. */
    final List<String> answers = new ArrayList<>();

    final List<String> asked = new ArrayList<>();
    final List<Search> searches = new ArrayList<>();
    List<Channel> driversOwn = List.of(Channel.readable("temperature", "temperature", Type.DOUBLE, "Cel"));
    Discoveries discoveries = new Discoveries(List.of(), List.of());
    CompletionStage<Trial> trial = CompletableFuture.failedFuture(new IllegalStateException("driver fake hangs"));
    Optional<DeviceState> state = Optional.empty();
    String installFails = "";
    /** How long it would have been to all timers, one after the other. */
    Duration waited = Duration.ZERO;

    int connectingLooks;
    /** How often drivers are seen as they are before all of them run. */
    int comingUpLooks = -1;
    /** How often the device of before the second change is still seen. */
    int staleLooks;

    DeviceState stale = new DeviceState.Online();

    Site() {
        drivers.put("host", DriverStatus.State.RUNNING);
        drivers.put("simulator", DriverStatus.State.RUNNING);
        drivers.put("modbus", DriverStatus.State.AVAILABLE);
    }

    Site device(String name, String... pairs) {
        return file("device", name, pairs);
    }

    Site file(String kind, String name, String... pairs) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.put(pairs[i], pairs[i + 1]);
        }
        files.with(FileName.of(kind, name).file(), values);
        return this;
    }

    Map<String, String> values(String device) {
        return files.values(FileName.of("device", device).file());
    }

    static Discovered found(String name, String address, String... points) {
        List<Discovered.Point> all = new ArrayList<>();
        for (int i = 0; i < points.length; i += 2) {
            all.add(new Discovered.Point(points[i], points[i + 1], "", ""));
        }
        return new Discovered(name, address, "answers a read of one byte", "", Map.of(), all);
    }

    @Override
    public List<DeviceStatus> list() {
        return files.files().stream()
                .flatMap(file -> FileName.of(file).stream())
                .filter(file -> file.kind().equals("device"))
                .map(file -> status(file.name()))
                .toList();
    }

    private DeviceStatus status(String name) {
        Map<String, String> values = values(name);
        boolean old = files.changes().size() > 1 && staleLooks-- > 0;
        DeviceState now = old
                ? stale
                : "false".equals(values.get("enabled"))
                        ? new DeviceState.Disabled()
                        : connectingLooks-- > 0 ? new DeviceState.Connecting() : state.orElse(new DeviceState.Online());
        return new DeviceStatus(
                name,
                values.getOrDefault("driver", ""),
                values.getOrDefault("address", ""),
                "",
                now,
                SimulatedSystem.START_NANOS + files.changes().size() - (old ? 1 : 0),
                driversOwn,
                0,
                Supervision.NONE,
                false);
    }

    @Override
    public Optional<DeviceStatus> device(String name) {
        return files.files().contains(FileName.of("device", name).file())
                ? Optional.of(status(name))
                : Optional.empty();
    }

    @Override
    public CompletionStage<Row> read(String device) {
        return read(device, List.of());
    }

    @Override
    public CompletionStage<Row> read(String device, List<String> channels) {
        return CompletableFuture.failedFuture(new IllegalStateException("device " + device + " is OFFLINE"));
    }

    @Override
    public PollStatistics polls() {
        return new PollStatistics(0, 0, 0, 0, 0);
    }

    @Override
    public void resetPolls() {}

    @Override
    public List<EffectiveSetting> settings(String device) {
        List<EffectiveSetting> settings = new ArrayList<>();
        values(device).forEach((key, value) -> settings.add(new EffectiveSetting(key, value, List.of(Origin.FILE))));
        settings.add(new EffectiveSetting("timeout", "2s", List.of(Origin.DEFAULT)));
        driversOwn.stream()
                .filter(own -> !values(device).containsKey("channel." + own.name()))
                .forEach(own -> settings.add(
                        new EffectiveSetting("channel." + own.name(), own.source(), List.of(Origin.DRIVER))));
        return settings;
    }

    @Override
    public CompletionStage<Trial> test(String device) {
        return trial;
    }

    @Override
    public CompletionStage<Discoveries> discover(Search search) {
        searches.add(search);
        return CompletableFuture.completedFuture(discoveries);
    }

    /** The drivers' side. */
    Drivers drivers() {
        return new Drivers() {
            @Override
            public List<DriverStatus> list() {
                if (comingUpLooks-- == 0) {
                    drivers.replaceAll((name, state) -> DriverStatus.State.RUNNING);
                }
                return drivers.entrySet().stream()
                        .map(one -> new DriverStatus(
                                one.getKey(), "1.0.0", "", "distribution", one.getValue(), "no service"))
                        .toList();
            }

            @Override
            public CompletionStage<DriverChange> change(
                    DriverRequest request, boolean touchingOthers, Consumer<DriverChange> before) {
                String name = ((DriverRequest.Named) request).name();
                if (!installFails.isEmpty()) {
                    return CompletableFuture.failedFuture(new IllegalStateException(installFails));
                }
                drivers.put(name, DriverStatus.State.RUNNING);
                return CompletableFuture.completedFuture(new DriverChange(name, "", "1.0.0", List.of(), List.of(), ""));
            }

            @Override
            public List<String> warnings() {
                return List.of();
            }
        };
    }

    @Override
    public Loop loop(String name) {
        return new Loop() {
            @Override
            public void execute(Runnable task) {
                task.run();
            }

            @Override
            public Timer schedule(Duration delay, Runnable task) {
                waited = waited.plus(delay);
                task.run();
                return () -> {};
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public long failures() {
        return 0;
    }

    /** A person who answers what the test has written down. */
    Dialogue person(String... lines) {
        answers.addAll(List.of(lines));
        return new Dialogue() {
            @Override
            public boolean isPresent() {
                return true;
            }

            @Override
            public Optional<String> ask(String question) {
                asked.add(question);
                return answers.isEmpty() ? Optional.empty() : Optional.of(answers.remove(0));
            }

            @Override
            public Optional<char[]> askSecret(String question) {
                return Optional.empty();
            }

            @Override
            public Optional<String> edit(String name, String text) {
                return Optional.empty();
            }
        };
    }
}
