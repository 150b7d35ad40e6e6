package org.headgate.commands;

import java.util.List;
import java.util.Optional;
import org.headgate.commands.kit.Instances;
import org.headgate.commands.kit.RowWatch;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.headgate.device.api.DeviceState;
import org.headgate.device.api.DeviceStatus;
import org.headgate.device.api.Devices;
import org.headgate.rule.api.RuleStatus;
import org.headgate.rule.api.Rules;
import org.headgate.stream.api.StreamBus;
import org.headgate.system.api.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code stream:watch}. */
@Component(service = ConsoleCommand.class)
public final class StreamWatchCommand implements ConsoleCommand {
    private final StreamBus bus;
    private final Devices devices;
    private final Rules rules;
    private final RowWatch watch;

    @Activate
    public StreamWatchCommand(
            @Reference StreamBus bus, @Reference Devices devices, @Reference Rules rules, @Reference Clock clock) {
        this.bus = bus;
        this.devices = devices;
        this.rules = rules;
        watch = new RowWatch(bus, clock);
    }

    @Override
    public Signature signature() {
        return RowWatch.options(Signature.of(
                        "stream:watch",
                        "Shows the rows of streams as they come, until Ctrl-C. Patterns such as alarm-* are allowed.")
                .words("STREAM...")
                .more("A value that is not GOOD is followed by a question mark, or shown as its quality.")
                .example("stream:watch boiler --count 1", "Shows the next row of the boiler.")
                .example(
                        "stream:watch boiler-* --count 1 --json",
                        "Shows the next row of any stream that begins so, for a program."));
    }

    @Override
    public List<String> complete(List<String> before) {
        return bus.streams();
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        invocation.word(0, "STREAM");
        for (String stream : invocation.words()) {
            Optional<String> silence = silence(stream);
            if (silence.isPresent()) {
                // Whoever watches waits; what may end the silence is on the bus then.
                invocation.fail(silence.get());
            } else if (stream.indexOf('*') < 0 && !bus.streams().contains(stream)) {
                return invocation.fail(Instances.none(
                        "stream", stream, bus.streams(), "there are: " + String.join(", ", bus.streams())));
            }
        }
        return watch.run(invocation, invocation.words());
    }

    /** Where the device or rule stands that fills a stream, when no row comes from it until something changes. */
    private Optional<String> silence(String stream) {
        Optional<String> device = devices.device(stream)
                .map(DeviceStatus::state)
                .filter(state -> !(state instanceof DeviceState.Online
                        || state instanceof DeviceState.Degraded
                        || state instanceof DeviceState.Connecting))
                .map(state -> line(stream, state.label(), state.detail()));
        return device.or(() -> rules.list().stream()
                .filter(rule -> rule.name().equals(stream) && rule.state() != RuleStatus.State.RUNNING)
                .map(rule -> line(stream, rule.state().name(), rule.detail()))
                .findFirst());
    }

    private static String line(String stream, String state, String detail) {
        return stream + ": " + state + (detail.isEmpty() ? "" : ", " + detail);
    }
}
