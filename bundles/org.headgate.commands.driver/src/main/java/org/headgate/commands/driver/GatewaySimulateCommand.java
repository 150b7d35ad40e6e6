package org.headgate.commands.driver;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.Gateway;
import org.headgate.config.api.HomeFiles;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.headgate.device.api.DeviceStatus;
import org.headgate.device.api.Devices;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code gateway:simulate}: has devices replaced by the simulator or by a recording, or says which are. */
@Component(service = ConsoleCommand.class)
public final class GatewaySimulateCommand implements ConsoleCommand {
    private static final String RECORDING = "recording=";

    private final SimulationWish wish;
    private final HomeFiles files;
    private final Devices devices;
    private final PendingDevices pending;

    @Activate
    public GatewaySimulateCommand(
            @Reference Configurations configurations, @Reference Gateway gateway, @Reference Devices devices) {
        this(configurations, gateway, devices, count -> new CountDownLatch(1).await(count, TimeUnit.MILLISECONDS));
    }

    GatewaySimulateCommand(
            Configurations configurations, Gateway gateway, Devices devices, PendingDevices.Pause pause) {
        this.wish = new SimulationWish(configurations);
        this.files = new HomeFiles(gateway.home());
        this.devices = devices;
        this.pending = new PendingDevices(devices, pause);
    }

    @Override
    public Signature signature() {
        return Signature.of(
                        "gateway:simulate",
                        "Replaces devices, or all of them, by the simulator or a recording; nothing reaches the field.")
                .words("[on|off] [DEVICE...] [recording=FILE]")
                .json()
                .more(
                        "Without a word it says which devices are simulated, and fails while a device is not yet what is wished. recording=FILE"
                                + " plays rows from HOME/files/FILE. The wish stands in headgate.gateway.cfg and holds over a restart.")
                .example("gateway:simulate", "Says which devices are simulated.")
                .example("gateway:simulate on host", "Replaces the device host until gateway:simulate off host.");
    }

    @Override
    public List<String> complete(List<String> before) {
        if (before.isEmpty()) {
            return List.of("on", "off");
        }
        List<String> words = new ArrayList<>(names());
        words.removeAll(before);
        words.add(RECORDING);
        return words;
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        List<String> words = invocation.words();
        Optional<String> broken = wish.broken();
        if (broken.isPresent()) {
            return invocation.fail(broken.get() + "; until that is repaired nothing can be said or changed");
        }
        if (words.isEmpty()) {
            return show(invocation, pending.now(wish));
        }
        List<String> named = new ArrayList<>(words.subList(1, words.size()));
        Optional<String> recording = named.stream()
                .filter(word -> word.startsWith(RECORDING))
                .findFirst()
                .map(word -> word.substring(RECORDING.length()));
        named.removeIf(word -> word.startsWith(RECORDING));
        try {
            switch (words.get(0)) {
                case "on" -> on(invocation, named, recording);
                case "off" -> off(invocation, named, recording);
                default -> throw new UsageException(words.get(0) + " (expected: on or off)");
            }
        } catch (IOException failed) {
            return invocation.fail(failed.getMessage());
        }
        return show(invocation, pending.await(wish));
    }

    private void on(Invocation invocation, List<String> named, Optional<String> recording) throws IOException {
        check(named, names());
        if (recording.isPresent() && !recording.get().isEmpty()) {
            files.existing(recording.get());
        }
        wish.add(invocation, named, recording);
    }

    private void off(Invocation invocation, List<String> named, Optional<String> recording)
            throws IOException, UsageException {
        if (recording.isPresent()) {
            throw new UsageException(RECORDING + recording.get() + " goes with on");
        }
        // A device that is gone may still stand in the wish.
        check(named, Stream.concat(names().stream(), wish.devices().stream()).toList());
        wish.remove(invocation, named, names());
    }

    private void check(List<String> named, List<String> known) throws IOException {
        for (String name : named) {
            if (!known.contains(name)) {
                throw new IOException("no device " + name + "; there are: " + String.join(", ", names()));
            }
        }
    }

    private List<String> names() {
        return devices.list().stream().map(DeviceStatus::name).toList();
    }

    /** Says what is wished, and fails when that is not so yet: then something may still reach the field. */
    private int show(Invocation invocation, List<String> late) {
        List<String> wanted = wish.isAll() ? names() : wish.devices();
        String source = wish.recording().map(file -> "the recording " + file).orElse("the simulator");
        if (invocation.json()) {
            invocation
                    .out()
                    .println(new Json()
                            .put("all", wish.isAll())
                            .put("devices", wanted)
                            .put("recording", wish.recording().orElse(""))
                            .put("installed", wish.hasDriver())
                            .put("pending", late));
            return late.isEmpty() ? 0 : 1;
        }
        if (wish.isAll()) {
            invocation.out().println("all devices are replaced by " + source);
        } else if (wanted.isEmpty()) {
            invocation.out().println("no device is simulated");
        } else {
            invocation.out().println("replaced by " + source + ": " + String.join(", ", wanted));
        }
        if ((wish.isAll() || !wanted.isEmpty()) && !wish.hasDriver()) {
            invocation
                    .out()
                    .println("warning: the driver simulator is not installed: they wait for it"
                            + " (driver:install simulator)");
        }
        return late.isEmpty() ? 0 : invocation.fail("not so yet: " + String.join(", ", late) + "; see device:list");
    }
}
