package org.headgate.driver.gpio;

import com.pi4j.context.Context;
import com.pi4j.context.ContextBuilder;
import com.pi4j.plugin.mock.provider.pwm.MockPwmProvider;
import com.pi4j.provider.Provider;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.kit.RecordedReadings;
import org.headgate.linux.GpioChip;
import org.headgate.linux.GpioLine;
import org.headgate.stream.api.Event;
import org.headgate.system.api.kit.SimulatedSystem;

/** A Pi 5 of made-up lines, in simulated time. */
final class Bench implements AutoCloseable {
    final SimulatedSystem system = new SimulatedSystem(1);
    final EdgeInput.Provider inputs = new EdgeInput.Provider();
    final KeptOutput.Provider outputs = new KeptOutput.Provider();
    final List<Event> events = new ArrayList<>();
    final Context context;
    final GpioDriver driver;
    List<GpioChip> chips = new ArrayList<>(List.of(
            new GpioChip("gpiochip0", "gpio-brcmstb@107d508500", List.of(line(0, "-"), line(1, "-"))),
            header("gpiochip4")));

    Bench() {
        this(new Provider<?, ?, ?>[0]);
    }

    /** With other providers of inputs and outputs. */
    Bench(Provider<?, ?, ?>... others) {
        ContextBuilder builder = ContextBuilder.newInstance()
                .noAutoDetectPlatforms()
                .noAutoDetectProviders()
                .disableShutdownHook()
                .add(MockPwmProvider.newInstance());
        context = (others.length > 0 ? builder.add(others) : builder.add(inputs, outputs)).build();
        driver = new GpioDriver(context, () -> chips, system, system, system, events::add);
    }

    static GpioChip header(String name) {
        return new GpioChip(
                name,
                "pinctrl-rp1",
                IntStream.range(0, 28)
                        .mapToObj(i -> i == 4 ? new GpioLine(4, "GPIO4", "w1-gpio", true, false) : line(i, "GPIO" + i))
                        .toList());
    }

    static GpioLine line(int offset, String name) {
        return new GpioLine(offset, name, "", false, false);
    }

    static Channel input(String name, String source, Type type, String... options) {
        return channel(name, source, type, Access.READ, options);
    }

    static Channel output(String name, String source, String... options) {
        return channel(name, source, Type.BOOLEAN, Access.READ_WRITE, options);
    }

    static Channel channel(String name, String source, Type type, Access access, String... options) {
        Map<String, String> all = new HashMap<>();
        for (String option : options) {
            all.put(option.split("=")[0], option.split("=")[1]);
        }
        return new Channel(name, source, type, "", access, all);
    }

    static DeviceSettings settings(String address, Channel... channels) {
        return new DeviceSettings("panel", address, Duration.ofSeconds(1), List.of(channels), Map.of());
    }

    Connection open(Channel... channels) throws InvalidSettingException, IOException {
        return driver.open(settings("auto", channels));
    }

    static RecordedReadings read(Connection connection, Channel... channels) throws IOException {
        RecordedReadings readings = new RecordedReadings();
        connection.read(List.of(channels), readings);
        return readings;
    }

    @Override
    public void close() {
        context.shutdown();
    }
}
