package org.headgate.driver.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Driver;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.host.Machine;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Scheduler;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Programs of the user's, each line of which is a row. */
@Component
public final class ProcessDriver implements Driver {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessDriver.class);

    private final Machine machine;
    private final Launcher launcher;
    private final Calls calls;
    private final Clock clock;
    private final Loop loop;
    /** What was said of limits, so that it is said once. */
    private final Set<String> said = ConcurrentHashMap.newKeySet();

    /** A driver for programs on this machine. */
    @Activate
    public ProcessDriver(@Reference Calls calls, @Reference Clock clock, @Reference Scheduler scheduler) {
        this(
                Machine.of(Path.of("/")),
                Launcher.here(Machine.of(Path.of("/"))),
                calls,
                clock,
                scheduler.loop("process"));
    }

    ProcessDriver(Machine machine, Launcher launcher, Calls calls, Clock clock, Loop loop) {
        this.machine = machine;
        this.launcher = launcher;
        this.calls = calls;
        this.clock = clock;
        this.loop = loop;
    }

    @Deactivate
    void stop() {
        loop.close();
    }

    @Override
    public String name() {
        return "process";
    }

    /** What the gateway knows of a program: its rows, what was refused of what it said, and its lines on standard error. */
    @Override
    public List<Channel> channels(DeviceSettings settings) throws InvalidSettingException {
        Setup.parse(settings.withChannels(List.of()));
        return List.of(
                Channel.readable("rows", Counts.ROWS, Type.LONG, ""),
                Channel.readable("refused", Counts.REFUSED, Type.LONG, ""),
                Channel.readable("errors", Counts.ERRORS, Type.LONG, ""));
    }

    @Override
    public void check(DeviceSettings settings) throws InvalidSettingException {
        Setup.parse(settings);
    }

    @Override
    public Map<String, String> defaults(DeviceSettings settings) {
        return Setup.DEFAULTS;
    }

    @Override
    public Connection open(DeviceSettings settings) throws InvalidSettingException, IOException {
        Setup setup = Setup.parse(settings);
        if (setup.polled()) {
            launcher.check(setup);
            return new PolledConnection(setup, () -> prepared(setup), machine, calls, clock);
        }
        Launch launch = prepared(setup);
        ProcessConnection connection = new ProcessConnection(setup, clock, new Watch(loop, calls));
        connection.runs(Program.start(setup, launch, machine, calls, clock, connection));
        return connection;
    }

    private Launch prepared(Setup setup) throws IOException {
        Launch launch = launcher.prepare(setup);
        if (!launch.limits().isEmpty() && said.add(setup.device() + launch.limits())) {
            if (launch.kept()) {
                LOG.info("{}: {}", setup.device(), launch.limits());
            } else {
                LOG.warn("{}: {}", setup.device(), launch.limits());
            }
        }
        return launch;
    }
}
