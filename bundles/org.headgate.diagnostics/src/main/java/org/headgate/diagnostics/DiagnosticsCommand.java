package org.headgate.diagnostics;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.headgate.config.api.Gateway;
import org.headgate.config.api.HomeFiles;
import org.headgate.config.api.Texts;
import org.headgate.console.api.Answer;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code gateway:diagnostics}: what the machine has been doing. */
@Component(service = ConsoleCommand.class)
public final class DiagnosticsCommand implements ConsoleCommand {
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private final Recorder recorder;
    private final HomeFiles files;

    @Activate
    public DiagnosticsCommand(@Reference Recorder recorder, @Reference Gateway gateway) {
        this(recorder, new HomeFiles(gateway.home()));
    }

    DiagnosticsCommand(Recorder recorder, HomeFiles files) {
        this.recorder = recorder;
        this.files = files;
    }

    @Override
    public Signature signature() {
        return Signature.of(
                        "gateway:diagnostics", "Shows CPU, memory, disk, card wear and temperature of the last days.")
                .option("--for DURATION", "how far to look back, 1m to 30d; 24h without it")
                .option("--csv FILE", "writes every sample into a new file in HOME/files instead")
                .json()
                .more(
                        "Sampled each minute and kept on this machine only, for 30 days. The last line is of now; times are in UTC,"
                                + " ? stands behind one from before the clock was set.")
                .more(
                        "CPU% is the mean and MAX the largest minute; AVAIL and FREE are the least that was left of memory and"
                                + " disk; RSS and HEAP the most that the gateway took; WRITTEN is what went to all disks meanwhile.")
                .example("gateway:diagnostics", "The last day, an hour a line.")
                .example("gateway:diagnostics --for 1h", "The last hour.")
                .example("gateway:diagnostics --for 7d --csv week.csv", "A week, as a table for a spreadsheet.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return !before.isEmpty() && before.get(before.size() - 1).equals("--for")
                ? List.of("1h", "24h", "7d", "30d")
                : List.of();
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        invocation.atMost(0);
        String text = invocation.option("--for").orElse("24h");
        Optional<Duration> time = Texts.duration(text)
                .filter(value -> value.compareTo(Recorder.PERIOD) >= 0 && value.compareTo(LONGEST) <= 0);
        if (time.isEmpty()) {
            throw new UsageException("--for: " + text + " (expected: a duration from 1m to 30d)");
        }
        Answer<History> answer = invocation.await(recorder.read(time.get()), PATIENCE, "reading");
        if (answer.value().isEmpty()) {
            return invocation.fail(answer.failure().orElse("no answer"));
        }
        History history = answer.value().get();
        Optional<String> file = invocation.option("--csv");
        if (file.isPresent()) {
            return write(invocation, file.get(), history);
        }
        if (invocation.json()) {
            HistoryText.json(history, invocation.out());
        } else {
            HistoryText.table(history, time.get(), invocation.out());
        }
        return 0;
    }

    private int write(Invocation invocation, String file, History history) {
        try {
            files.create(file, out -> HistoryText.csv(history, out));
        } catch (IOException failure) {
            return invocation.fail(failure.getMessage());
        }
        invocation.out().println(history.samples().size() + " samples are in files/" + file);
        return 0;
    }
}
