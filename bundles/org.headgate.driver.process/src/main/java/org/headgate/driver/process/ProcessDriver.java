package org.headgate.driver.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.headgate.config.api.Secrets;
import org.headgate.data.api.Type;
import org.headgate.device.api.ActionNeededException;
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
    private final Function<String, Optional<char[]>> secrets;
    private final Calls calls;
    private final Clock clock;
    private final Loop loop;
    /** What was said of limits, so that it is said once. */
    private final Set<String> said = ConcurrentHashMap.newKeySet();

    /** A driver for programs on this machine. */
    @Activate
    public ProcessDriver(
            @Reference Calls calls,
            @Reference Clock clock,
            @Reference Scheduler scheduler,
            @Reference Secrets secrets) {
        this(
                Machine.of(Path.of("/")),
                Launcher.here(Machine.of(Path.of("/"))),
                secrets::resolve,
                calls,
                clock,
                scheduler.loop("process"));
    }

    ProcessDriver(
            Machine machine,
            Launcher launcher,
            Function<String, Optional<char[]>> secrets,
            Calls calls,
            Clock clock,
            Loop loop) {
        this.machine = machine;
        this.launcher = launcher;
        this.secrets = secrets;
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

    /** What the gateway knows of a program. */
    @Override
    public List<Channel> channels(DeviceSettings settings) throws InvalidSettingException {
        Setup.parse(settings.withChannels(List.of()));
        return List.of(
                Channel.readable("rows", Counts.ROWS, Type.LONG, ""),
                Channel.readable("refused", Counts.REFUSED, Type.LONG, ""),
                Channel.readable("errors", Counts.ERRORS, Type.LONG, ""),
                Channel.readable("older", Counts.OLDER, Type.LONG, ""));
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
            credentials(setup);
            return new PolledConnection(setup, () -> prepared(setup), machine, calls, clock);
        }
        Launch launch = prepared(setup);
        ProcessConnection connection = new ProcessConnection(setup, clock, new Watch(loop, calls));
        connection.runs(Program.start(setup, launch, machine, calls, clock, connection));
        return connection;
    }

    private Launch prepared(Setup setup) throws IOException {
        // First, since a control group may be made for a program that will be started only.
        Map<String, String> credentials = credentials(setup);
        Launch launch = launcher.prepare(setup);
        launch.builder().environment().putAll(credentials);
        if (!launch.limits().isEmpty() && said.add(setup.device() + launch.limits())) {
            if (launch.kept()) {
                LOG.info("{}: {}", setup.device(), launch.limits());
            } else {
                LOG.warn("{}: {}", setup.device(), launch.limits());
            }
        }
        return launch;
    }

    /** The variables that name a secret, with its text: read for each start, so that one that was set anew is used. */
    private Map<String, String> credentials(Setup setup) throws ActionNeededException {
        Map<String, String> texts = new HashMap<>();
        for (Map.Entry<String, String> variable : setup.environment().entrySet()) {
            if (variable.getValue().startsWith("@")) {
                texts.put(variable.getKey(), secret(variable.getValue()));
            }
        }
        return texts;
    }

    private String secret(String value) throws ActionNeededException {
        String name = value.substring(1);
        String command = "secret:set " + name;
        char[] text = secrets.apply(value)
                .orElseThrow(() -> new ActionNeededException("there is no secret " + name, command));
        String secret = new String(text);
        Arrays.fill(text, '\0');
        if (secret.indexOf('\0') >= 0) {
            throw new ActionNeededException("the secret " + name + " cannot stand in an environment", command);
        }
        return secret;
    }
}
