package org.headgate.commands.device;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.commands.device.MissingDriver.Installed;
import org.headgate.commands.kit.Assignments;
import org.headgate.commands.kit.Edits;
import org.headgate.config.api.Change;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.FileName;
import org.headgate.config.api.Texts;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.headgate.device.api.Devices;
import org.headgate.device.api.Drivers;
import org.headgate.system.api.Scheduler;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code device:add}. */
@Component(service = ConsoleCommand.class)
public final class DeviceAddCommand implements ConsoleCommand {
    private static final String NO_ADDRESS = "-";

    private final Configurations configurations;
    private final DeviceFiles files;
    private final MissingDriver missing;

    @Activate
    public DeviceAddCommand(
            @Reference Configurations configurations,
            @Reference Devices devices,
            @Reference Drivers drivers,
            @Reference Scheduler scheduler) {
        this.configurations = configurations;
        this.files = new DeviceFiles(configurations, devices, scheduler);
        this.missing = new MissingDriver(drivers, scheduler);
    }

    @Override
    public Signature signature() {
        return Signature.of("device:add", "Adds a device, and says whether it answers.")
                .words("NAME DRIVER [ADDRESS] [KEY=VALUE...]")
                .flag(MissingDriver.INSTALL, "installs the driver first where it is missing, without asking")
                .json()
                .more("ADDRESS is where the device is, in the driver's syntax; - or nothing for a driver without"
                        + " addresses. KEY=VALUE are lines of the device's file: poll=1s, timeout=500ms,"
                        + " profile=NAME, enabled=false, channel.NAME='SOURCE [TYPE] OPTION=VALUE...', and"
                        + " whatever the driver knows beside.")
                .more("Everything is judged before anything is written. A device that is right but does not answer"
                        + " is added all the same, and tried again for ever.")
                .example(
                        "device:add kettle simulator boiler poll=500ms",
                        "Adds a simulated boiler, read twice a second.")
                .example(
                        "device:add meter-1 simulator mirror profile=meter",
                        "Adds a device with the channels of a profile.")
                .example(
                        "device:add pump-1 simulator mirror channel.flow='flow unit=l/min max=40'",
                        "Adds a device with a channel of its own.")
                .example("device:add machine host - poll=10s", "Adds this machine, which has no address.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return switch (before.size()) {
            case 0 -> List.of();
            case 1 -> missing.names();
            default -> Keys.forNew(configurations);
        };
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        String name = invocation.word(0, "NAME");
        String driver = invocation.word(1, "DRIVER");
        if (!Texts.isName(name)) {
            throw new UsageException(name + " cannot be a device's name (expected: " + Texts.NAME_EXPECTED + ")");
        }
        List<String> rest =
                new ArrayList<>(invocation.words().subList(2, invocation.words().size()));
        Map<String, String> words = new LinkedHashMap<>(Map.of("driver", driver));
        if (!rest.isEmpty() && !Assignments.isOne(rest.get(0))) {
            words.put("address", rest.remove(0));
        }
        Map<String, Optional<String>> keys = new LinkedHashMap<>();
        Map<String, Optional<String>> typed = Assignments.beside(words, rest);
        words.forEach((key, word) -> keys.put(key, Optional.of(word).filter(text -> !text.equals(NO_ADDRESS))));
        keys.putAll(typed);
        keys.values().removeIf(Optional::isEmpty);
        if (files.instances().exists(name)) {
            return invocation.fail("there is a device " + name + " already; device:set " + name + " changes it");
        }
        if (configurations.files().contains(FileName.of("rule", name).file())) {
            return invocation.fail(
                    "there is a rule " + name + " already, and a stream has one producer; take another name");
        }
        Change change = Edits.of(invocation).keys(DeviceFiles.file(name), keys);
        Installed installed = missing.ensure(invocation, driver, () -> configurations.problems(change));
        if (!installed.problems().isEmpty()) {
            installed.problems().forEach(invocation::fail);
            return 1;
        }
        int status = files.make(invocation, change, name, name + " is configured");
        if (status != 0 && installed.isNew()) {
            invocation.fail(
                    "driver " + driver + " was installed for it and stays: driver:remove " + driver + " takes it away");
        }
        return status;
    }
}
