package org.headgate.commands;

import java.util.List;
import org.headgate.commands.kit.Instances;
import org.headgate.commands.kit.RowWatch;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.headgate.stream.api.StreamBus;
import org.headgate.system.api.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code stream:watch}. */
@Component(service = ConsoleCommand.class)
public final class StreamWatchCommand implements ConsoleCommand {
    private final StreamBus bus;
    private final RowWatch watch;

    @Activate
    public StreamWatchCommand(@Reference StreamBus bus, @Reference Clock clock) {
        this.bus = bus;
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
            if (stream.indexOf('*') < 0 && !bus.streams().contains(stream)) {
                return invocation.fail(Instances.none(
                        "stream", stream, bus.streams(), "there are: " + String.join(", ", bus.streams())));
            }
        }
        return watch.run(invocation, invocation.words());
    }
}
